/** What a person chose, kept in this browser. */
export interface VolunteerSettings {
  /** 0.1 to 1 */
  readonly intensity: number;
  readonly onlyWhenVisible: boolean;
  readonly pauseOnBattery: boolean;
}

export const DEFAULT_SETTINGS: VolunteerSettings = { intensity: 1, onlyWhenVisible: false, pauseOnBattery: true };

const KEY = "widefield-volunteer";

/** The kept settings; the defaults where nothing (sensible) is kept. */
export function readSettings(): VolunteerSettings {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Record<keyof VolunteerSettings, unknown>>;
    const { intensity, onlyWhenVisible, pauseOnBattery } = kept;
    return {
      intensity: typeof intensity === "number" && intensity >= 0.1 && intensity <= 1 ? intensity : 1,
      onlyWhenVisible: onlyWhenVisible === true,
      pauseOnBattery: pauseOnBattery !== false,
    };
  } catch {
    return DEFAULT_SETTINGS;
  }
}

/** Keeps them where the browser allows it. */
export function writeSettings(settings: VolunteerSettings): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // Private windows may refuse; the settings hold for this page then.
  }
}
