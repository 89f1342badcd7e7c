/** Something that needs a person, and what that person should do. */
export interface Problem {
  readonly what: string;
  readonly next: string;
}
