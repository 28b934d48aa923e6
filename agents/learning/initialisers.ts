import type { Stream } from '../../core/random.js';

/** Draws one entry after the other of a parameter with `rows` inputs and `columns` outputs. */
export type Initialiser = (rows: number, columns: number) => (stream: Stream) => number;

export const zeros: Initialiser = () => () => 0;
export const ones: Initialiser = () => () => 1;

/** @source He et al. 2015, Delving Deep into Rectifiers: keeps the scale of signals through rectifiers */
export const heNormal: Initialiser = (rows) => {
  const scale = Math.sqrt(2 / rows);
  return (stream) => scale * stream.normal();
};

/** @source Glorot & Bengio 2010, Understanding the difficulty of training deep feedforward neural networks */
export const glorotUniform: Initialiser = (rows, columns) => {
  const limit = Math.sqrt(6 / (rows + columns));
  return (stream) => limit * (2 * stream.uniform() - 1);
};
