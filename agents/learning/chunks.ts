import { Misbuilt } from './misbuilt.js';
import { ProgramTooLarge, type Program } from './program.js';

/** Whether a program of the architecture needs more numbers at a time than the engine can address. */
export const isTooLarge = (error: unknown): error is Misbuilt =>
  error instanceof Misbuilt && error.cause instanceof ProgramTooLarge;

/** The first half of some rows, no sample cut in two. */
const halfOf = (rows: number, rowsPerSample: number): number =>
  Math.floor(rows / rowsPerSample / 2) * rowsPerSample;

/** How many rows to take at a time, in order: all of them where one program can hold them, else those of either half.
 * Network and number of rows alone decide it.
 * @throws {Misbuilt} where not even one sample fits
 */
export function chunksThatFit(
  rowsPerSample: number,
  programFor: (rows: number) => Program,
): (rows: number) => readonly number[] {
  const known = new Map<number, readonly number[]>();
  const chunk = (rows: number): readonly number[] => {
    try {
      programFor(rows);
      return [rows];
    } catch (error) {
      if (!isTooLarge(error) || rows <= rowsPerSample) throw error;
      const first = halfOf(rows, rowsPerSample);
      return [...chunksOf(first), ...chunksOf(rows - first)];
    }
  };
  const chunksOf = (rows: number): readonly number[] => {
    const chunks = known.get(rows) ?? chunk(rows);
    known.set(rows, chunks);
    return chunks;
  };
  return chunksOf;
}
