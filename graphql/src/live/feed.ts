import type { Database } from "@widefield/prisma/open-database";
import type { Logger } from "pino";
import { type Activity, readActivity } from "../commons/activity.ts";
import { type CommonsFigures, readCommonsFigures } from "../commons/commons-figures.ts";
import { readStudyProgress, type StudyProgress } from "../study/study-progress.ts";
import { type Channel, openChannel } from "./channel.ts";

export interface CommonsMoment {
  readonly figures: CommonsFigures;
  readonly activity: readonly Activity[];
}

/** Live values for subscriptions. However many listen, the database is asked once per interval, and not at all when nobody does. */
export interface Feed {
  studyProgress(studyId: string): AsyncIterableIterator<StudyProgress, undefined>;
  commons(): AsyncIterableIterator<CommonsMoment, undefined>;
  /** Ends every stream. */
  close(): void;
}

export interface FeedOptions {
  readonly database: Database;
  readonly logger: Logger;
  readonly now: () => Date;
  /** Milliseconds between polls; 1000. After each the database rests for ten times as long as it took, whoever comes meanwhile. */
  readonly intervalMs?: number;
}

export function createFeed({ database, logger, now, intervalMs = 1_000 }: FeedOptions): Feed {
  const studies = new Map<string, Channel<StudyProgress>>();
  let commons: Channel<CommonsMoment> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let polling = false;
  /** Until then the database rests from the last poll, whoever comes. */
  let restUntil = 0;
  /** Somebody came since the last poll began. */
  let awaited = false;
  let closed = false;

  async function poll(): Promise<void> {
    timer = null;
    polling = true;
    awaited = false;
    const start = performance.now();
    try {
      await Promise.all([pollStudies(), pollCommons()]);
    } catch (error) {
      // Listeners keep what they have; the next poll may do better.
      logger.warn({ err: error }, "live figures could not be read");
    }
    polling = false;
    const end = performance.now();
    restUntil = end + 10 * (end - start);
    schedule(awaited ? 0 : intervalMs);
  }

  async function pollStudies(): Promise<void> {
    for (const progress of await readStudyProgress(database, [...studies.keys()], now())) {
      const channel = studies.get(progress.studyId);
      channel?.publish(progress);
      if (progress.state === "FINISHED") {
        channel?.close();
        studies.delete(progress.studyId);
      }
    }
  }

  async function pollCommons(): Promise<void> {
    const channel = commons;
    if (!channel) return;
    const [figures, activity] = await Promise.all([readCommonsFigures(database, now()), readActivity(database, now())]);
    channel.publish({ figures, activity });
  }

  /** @param delay milliseconds at least; never within the rest. */
  function schedule(delay: number): void {
    if (closed || polling || timer !== null || (studies.size === 0 && commons === null)) return;
    timer = setTimeout(() => void poll(), Math.max(delay, restUntil - performance.now()));
    timer.unref();
  }

  return {
    studyProgress: (studyId) => {
      let channel = studies.get(studyId);
      if (!channel) {
        const opened = openChannel<StudyProgress>(() => {
          if (studies.get(studyId) === opened) studies.delete(studyId);
        });
        channel = opened;
        if (closed) channel.close();
        else studies.set(studyId, channel);
      }
      const listener = channel.listen();
      soon();
      return listener;
    },
    commons: () => {
      if (!commons) {
        const opened = openChannel<CommonsMoment>(() => {
          if (commons === opened) commons = null;
        });
        commons = opened;
        if (closed) commons.close();
      }
      const listener = commons.listen();
      soon();
      return listener;
    },
    close: () => {
      closed = true;
      if (timer) clearTimeout(timer);
      for (const channel of studies.values()) channel.close();
      commons?.close();
    },
  };

  /** A new listener need not wait for the interval, but lets the database rest. */
  function soon(): void {
    awaited = true;
    if (timer) clearTimeout(timer);
    timer = null;
    schedule(0);
  }
}
