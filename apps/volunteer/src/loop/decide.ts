import { computeRules } from "./decide-compute.ts";
import { endRules } from "./decide-end.ts";
import { exchangeRules } from "./decide-exchange.ts";
import { holdRules } from "./decide-hold.ts";
import { outboxRules } from "./decide-outbox.ts";
import type { LoopState } from "./loop-state.ts";
import type { Moment, Rule, Transition } from "./rule.ts";
import { wakeTime } from "./wake-time.ts";

const RULES: readonly Rule[] = [...holdRules, ...outboxRules, ...exchangeRules, ...computeRules, ...endRules, setAlarm];

/** Begins everything that is due. */
export function decide(state: LoopState, moment: Moment): Transition {
  return RULES.reduce<Transition>(
    (sofar, rule) => {
      const next = rule(sofar.state, moment);
      return next.effects.length === 0
        ? { state: next.state, effects: sofar.effects }
        : { state: next.state, effects: [...sofar.effects, ...next.effects] };
    },
    { state, effects: [] },
  );
}

function setAlarm(state: LoopState, moment: Moment): Transition {
  const at = wakeTime(state, moment);
  return at === state.alarmAt
    ? { state, effects: [] }
    : { state: { ...state, alarmAt: at }, effects: [{ kind: "setAlarm", at }] };
}
