import type { Problem } from './problem.js';

type Path = Problem['path'];

const startsWith = (path: Path, start: Path): boolean => start.every((key, i) => path[i] === key);

/** Whether what was taken out is what stands at a path, holds it, or is a part of it. */
const touches = (taken: Path, path: Path): boolean =>
  startsWith(path, taken) || (startsWith(taken, path) && taken.length === path.length + 1);

/** Whether a problem may be there only because what was wrong has been taken out. */
export function follows({ path, see, on = [] }: Problem, taken: readonly Path[]): boolean {
  const concerned = [path, ...(see ? [see.path, ...(see.or ?? [])] : []), ...on];
  return concerned.some((one) => taken.some((other) => touches(other, one)));
}
