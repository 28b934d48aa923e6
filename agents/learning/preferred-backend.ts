import type { Backend, EngineKind } from './backend.js';
import { interpreter } from './interpreter/interpreter.js';
import { oracle } from './oracle.js';

/** The fastest way this platform has to run op programs: the interpreter, or the oracle where SIMD is missing.
 * Both give the same bits.
 */
export const preferredBackend: Backend = interpreter() ?? oracle;

/** Which of them that is; the run's manifest says so. */
export const engineKind = (): EngineKind => preferredBackend.kind;
