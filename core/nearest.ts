/** Edits (insert, delete, replace, swap of neighbours) from one word to another. */
function distance(from: string, to: string): number {
  let before: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const change = last[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      row.push(Math.min(change, last[j]! + 1, row[j - 1]! + 1, swapped ? before[j - 2]! + 1 : Infinity));
    }
    [before, last] = [last, row];
  }
  return last[to.length]!;
}

/** The name that a mistyped word most likely meant, or undefined where none is close. */
export function nearest(word: string, names: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(word.length / 2));
  for (const name of names) {
    const edits = distance(word.toLowerCase(), name.toLowerCase());
    if (edits < least || (edits === least && best === undefined)) [best, least] = [name, edits];
  }
  return best;
}

/** `; did you mean "x"?`, or nothing. */
export function suggestion(word: string, names: Iterable<string>): string {
  const name = nearest(word, names);
  return name === undefined ? '' : `; did you mean "${name}"?`;
}

/** How many names are listed where none is near. */
const LISTED = 12;

/** The name that a word most likely meant; where none is close, some of those that there are. */
export function namesFor(word: string, names: Iterable<string>): string {
  const all = [...names];
  const near = suggestion(word, all);
  if (near !== '' || all.length === 0) return near;
  const more = all.length > LISTED ? ` and ${all.length - LISTED} more` : '';
  return `; there are ${all.slice(0, LISTED).join(', ')}${more}`;
}
