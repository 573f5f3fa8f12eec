import { builder } from "./builder.ts";
import "./scalar/scalars.ts";
import "./relay/total-count.ts";
import "./failure/failure-types.ts";
import "./study/study-type.ts";
import "./trial/trial-type.ts";
import "./work-unit/work-unit-type.ts";
import "./lease/lease-type.ts";
import "./result/result-type.ts";
import "./decision/decision-type.ts";
import "./host/host-type.ts";
import "./volunteer/volunteer-type.ts";
import "./volunteer/viewer.ts";
import "./volunteer/rename-volunteer.ts";
import "./study/study-progress-type.ts";
import "./commons/commons-type.ts";
import "./live/subscriptions.ts";

/** The executable schema, from every noun's folder. */
export const schema = builder.toSchema();
