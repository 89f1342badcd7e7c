const FOLDER = ".github/workflows/";

/** A workflow of which nobody tells the name: what speaks of all of them speaks of it. */
export const UNNAMED_WORKFLOW = `${FOLDER}\u0000.yml`;

/**
 * Whether a line of CODEOWNERS speaks of a file: as gitignore does, but `!`, `[ ]` and `\#` are not known, and a single star at
 * the end of a path stays within its folder. Letters count as they are:
 * https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners.
 */
export const matches = (pattern: string, path: string): boolean => speaksOf(pattern, path.split("/"), like);

/** Whether it speaks of any file that could be a workflow. */
export const maySpeakOfWorkflows = (pattern: string): boolean =>
  speaksOf(pattern, `${FOLDER}${ANY}`.split("/"), (glob, name) =>
    name === ANY ? /[*?]|[.]ya?ml$/.test(glob) : like(glob, name),
  );

const ANY = "\u0000";

type Fits = (glob: string, name: string) => boolean;

function speaksOf(pattern: string, path: readonly string[], fits: Fits): boolean {
  const isFolder = pattern.endsWith("/");
  const isAnchored = pattern.slice(0, -1).includes("/");
  const globs = pattern.replace(/^[/]/, "").replace(/[/]$/, "").split("/");
  const all = (isAnchored ? globs : ["**", ...globs]).filter((one, at, of) => one !== "**" || of[at - 1] !== "**");
  const mayEndAbove = !isAnchored || globs.at(-1) !== "*"; // docs/* is of the files in docs, and of none below
  return walk(all, path, { fits, mayEndAt: (rest) => (rest === 0 ? !isFolder : isFolder || mayEndAbove) });
}

interface How {
  readonly fits: Fits;
  mayEndAt(rest: number): boolean; // parts of the path that are left below what was named
}

function walk([glob, ...globs]: readonly string[], path: readonly string[], how: How): boolean {
  if (glob === undefined) return how.mayEndAt(path.length);
  if (glob === "**")
    return globs.length === 0
      ? path.length > 0
      : Array.from({ length: path.length }, (_, skip) => skip).some((skip) => walk(globs, path.slice(skip), how));
  const [name, ...below] = path;
  return name !== undefined && how.fits(glob, name) && walk(globs, below, how);
}

/** One name against one glob, in as many steps as they have letters together: no pattern makes it slow. */
function like(glob: string, name: string): boolean {
  let [g, n] = [0, 0];
  let [star, from] = [-1, 0];
  while (n < name.length) {
    if (glob[g] === "*") [star, from, g] = [g, n, g + 1];
    else if (g < glob.length && (glob[g] === "?" || glob[g] === name[n])) [g, n] = [g + 1, n + 1];
    else if (star >= 0) [from, g, n] = [from + 1, star + 1, from + 1];
    else return false;
  }
  return /^[*]*$/.test(glob.slice(g));
}
