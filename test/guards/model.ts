/** One place in the sources, and what stands there when its guard is gone. */
export interface Fault {
  readonly file: string; // from the repository's root
  readonly from: string; // occurs there exactly once
  readonly to: string;
}

/** A promise, what keeps it, and the test that must go red without it. */
export interface Guard extends Fault {
  readonly name: string; // begins with the scenario or the law
  readonly also?: readonly Fault[]; // where several guards keep one promise, all of them go at once
  readonly test: string; // a file, from the repository's root
  readonly config?: string; // vitest's, where the test is in another suite than `npm test`
  readonly filter?: string; // vitest's -t: the tests in it that are tried
}
