/** Where a definition says what AWS would refuse or the laptop would read otherwise. */
export interface Problem {
  readonly at: string;
  readonly problem: string;
}
