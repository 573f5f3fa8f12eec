/** A place in a study's units, ordered by flops and id. */
export interface Floor {
  readonly flops: number;
  readonly id: string;
}

/** Before everything. */
export const noFloor: Floor = { flops: -1, id: "00000000-0000-0000-0000-000000000000" };

/** After so long the search begins at the cheapest unit again: units that came back are behind the floor. */
const lifetimeMs = 15_000;
const most = 20_000;

/**
 * Where each volunteer's search in each study may begin: behind the units that it has had already. One volunteer in a study that wants two replicas
 * would otherwise pass over everything it has answered, each time. Only a hint, in this process's memory: an empty search begins anew without it.
 */
export class SearchFloors {
  readonly #floors = new Map<string, Floor & { until: number }>();

  get(volunteerId: string, studyId: string, now: number): Floor {
    const floor = this.#floors.get(`${volunteerId} ${studyId}`);
    return floor && floor.until > now ? floor : noFloor;
  }

  /** Raises the floor; keeps its age, so that it ends. */
  raise(volunteerId: string, studyId: string, floor: Floor, now: number): void {
    const key = `${volunteerId} ${studyId}`;
    const known = this.#floors.get(key);
    const alive = known && known.until > now ? known : null;
    if (alive && (alive.flops > floor.flops || (alive.flops === floor.flops && alive.id >= floor.id))) return;
    if (this.#floors.size >= most) this.#floors.clear();
    this.#floors.set(key, { ...floor, until: alive?.until ?? now + lifetimeMs });
  }
}
