/** How hard, when and on what a host works: the person's choices. They may change at any time. */
export interface Choices {
  /** Share of the time that the device works, 0.1 to 1. */
  readonly intensity: number;
  readonly onlyWhenVisible: boolean;
  readonly pauseOnBattery: boolean;
  /** Only this study, by slug. */
  readonly study: string | null;
  /** Only this family. */
  readonly family: string | null;
  /** End after so many accepted or refused units; null: go on. */
  readonly maxUnits: number | null;
  /** How long a unit should take, in seconds. */
  readonly targetSeconds: number;
}

export const DEFAULT_CHOICES: Choices = {
  intensity: 1,
  onlyWhenVisible: false,
  pauseOnBattery: true,
  study: null,
  family: null,
  maxUnits: null,
  targetSeconds: 30,
};

/** What the platform says of the moment. */
export interface Surroundings {
  readonly visible: boolean;
  readonly onBattery: boolean;
  readonly online: boolean;
}
