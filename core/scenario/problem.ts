/** One thing wrong with a scenario, and where. */
export interface Problem {
  readonly path: readonly (string | number)[];
  readonly message: string;
  /** Another place that it has to do with, and what stands there. */
  readonly see?: Elsewhere;
  /** What else it is concluded from: where part of that is wrong itself, nothing follows. */
  readonly on?: readonly Problem['path'][];
}

/** A place that a problem points to. */
export interface Elsewhere {
  readonly path: Problem['path'];
  /** Where else that may be written which stands there. */
  readonly or?: readonly Problem['path'][];
  readonly what: string;
}

/** A problem with its place: `file:line:col` or the command-line override that set the value. */
export interface PlacedProblem extends Problem {
  readonly place: string;
}

/** Thrown when a scenario cannot be used: all problems at once, none of them fixed silently. */
export class ScenarioInvalid extends Error {
  constructor(readonly problems: readonly PlacedProblem[]) {
    super(problems.map(describe).join('\n'));
    this.name = 'ScenarioInvalid';
  }
}

export const dotted = (path: readonly (string | number)[]): string =>
  path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text ? `${text}.${key}` : key),
    '',
  );

export const describe = (problem: PlacedProblem): string =>
  `${problem.place}: ${problem.path.length > 0 ? `${dotted(problem.path)}: ` : ''}${problem.message}`;
