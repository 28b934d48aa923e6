import type { Metrics } from '../metrics.js';
import type { RunData } from '../run-data.js';
import type { Drawing } from './drawing.js';
import type { KeyItem } from './key.js';

/** A picture of a run, drawn at any width. */
export interface Figure {
  readonly title: string;
  readonly key: readonly KeyItem[];
  /** What is seen, said from the data. */
  readonly caption: string;
  /** All that is drawn, before any thinning for the eye: column name to values. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly draw: (width: number) => Promise<Drawing>;
}

/** A figure that the record cannot give. */
export interface Omitted {
  readonly title: string;
  readonly omitted: string;
}

/** The figures that a maker gives, by name. */
export type FigureMaker = (run: RunData, metrics: Metrics) => Readonly<Record<string, Figure | Omitted>>;
