const WINDOW_MS = 10_000;
const ENOUGH_MS = 1_000;

type Sample = { atMs: number; bytes: number };

/** How fast bytes arrive, averaged over the last 10 s. The first sample after a start is where counting begins. */
export class Pace {
  private samples: Sample[] = [];

  /** Forgets what was: after a pause, or when storage tells of parts it already has. */
  restart() {
    this.samples = [];
  }

  /**
   * @param bytes  arrived so far, in all
   * @returns bytes per second; null until there is a second to judge by.
   */
  add(atMs: number, bytes: number): number | null {
    this.samples = [...this.samples.filter((sample) => sample.atMs > atMs - WINDOW_MS), { atMs, bytes }];
    const first = this.samples[0];
    if (!first || atMs - first.atMs < ENOUGH_MS) return null;
    return Math.max(0, ((bytes - first.bytes) * 1000) / (atMs - first.atMs));
  }
}
