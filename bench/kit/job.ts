export type Options = Readonly<Record<string, string | undefined>>;

export interface Outcome {
  readonly lines: readonly string[]; // for a person
  readonly json: object; // the same for a program
  readonly passed: boolean;
}

/** One measurement of ours beside a peer, in one run. */
export interface Job {
  readonly about: string;
  readonly alone?: boolean; // measured against nothing that has to be fetched
  readonly options: Readonly<Record<string, { readonly type: "string"; readonly about: string }>>;
  run(options: Options): Promise<Outcome>;
}
