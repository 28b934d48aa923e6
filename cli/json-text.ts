import { usageError } from './errors.js';

const space = /[ \t\r\n]*/y;
const scalar =
  /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;

/** Where `pattern` stops matching from `at`, or `at` itself. */
function after(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

const closing: Readonly<Record<string, string>> = { '[': ']', '{': '}' };

/** The offset at which a text stops being JSON: JSON.parse names no position for most of its errors. */
function firstFault(text: string): number {
  const open: string[] = [];
  let at = after(space, text, 0);
  for (let expectsKey = false; ; at = after(space, text, at)) {
    if (expectsKey) {
      const end = after(scalar, text, at);
      const colon = after(space, text, end);
      if (text[at] !== '"' || end === at) return at;
      if (text[colon] !== ':') return colon;
      at = after(space, text, colon + 1);
    }
    const bracket = text[at];
    if (bracket === '[' || bracket === '{') {
      open.push(bracket);
      at = after(space, text, at + 1);
      expectsKey = bracket === '{';
      if (text[at] !== closing[bracket]) continue;
    } else {
      const end = after(scalar, text, at);
      if (end === at) return at;
      at = after(space, text, end);
    }
    while (open.length > 0 && text[at] === closing[open.at(-1)!]) {
      open.pop();
      at = after(space, text, at + 1);
    }
    if (open.length === 0 || text[at] !== ',') return at;
    expectsKey = open.at(-1) === '{';
    at++;
  }
}

/** Parses a user's JSON; what is malformed is named by line and column. */
export function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const at = firstFault(text);
    const line = text.slice(0, at).split('\n');
    const found =
      at >= text.length ? 'the text ends here' : `unexpected ${JSON.stringify(text.slice(at, at + 12))}`;
    throw usageError(`${name}:${line.length}:${line.at(-1)!.length + 1}: not valid JSON: ${found}`);
  }
}
