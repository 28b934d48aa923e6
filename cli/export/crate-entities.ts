import { extname } from 'node:path';
import { hashBytes } from '../../analysis/record/hashing.js';

/** A node of a crate's graph (JSON-LD). */
export interface Entity {
  readonly '@id': string;
  readonly '@type': string;
  readonly [property: string]: unknown;
}

const formats: Readonly<Record<string, string>> = {
  '.json': 'application/json',
  '.jsonl': 'application/x-ndjson',
  '.parquet': 'application/vnd.apache.parquet',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.html': 'text/html',
  '.md': 'text/markdown',
  '.csv': 'text/csv',
  '.yaml': 'application/yaml',
  '.cff': 'application/yaml',
};

const told: readonly (readonly [RegExp, string])[] = [
  [/^resolved\.json$/, 'The scenario, every default written out: what the run is a function of'],
  [/^manifest\.json$/, 'Hashes of all files, versions, clock and machine'],
  [/^events\.jsonl$/, 'Events, and the hashes that chain the days'],
  [/^metrics\.json$/, 'Measures with their intervals'],
  [/dictionary\.json$/, 'What every column means, and its unit'],
  [/report\.html$/, 'Report'],
  [/(^|\/)index\.parquet$/, 'One row a run: settings, seed, hash and measures'],
  [/^(plan\.json|design\.yaml)$/, 'The design, checked before the first run'],
  [/effects\.json$|expected\.json$/, 'Effects with their intervals'],
  [/^figures\/.*\.json$/, 'The numbers that a figure draws'],
  [/\.svg$/, 'Figure'],
  [/README\.md$/, 'Question, hypothesis, results and conclusion'],
  [/CITATION\.cff$/, 'How to cite the software'],
];

const bytesOf = (content: string | Uint8Array): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content;

/** A file as a crate describes it: what it is, its format, size and SHA-256. */
export function entityOf(path: string, content: string | Uint8Array): Entity {
  const bytes = bytesOf(content);
  const meaning = told.find(([pattern]) => pattern.test(path))?.[1];
  const format = formats[extname(path)];
  return {
    '@id': encodeURI(path),
    '@type': 'File',
    name: path,
    ...(meaning === undefined ? {} : { description: meaning }),
    ...(format === undefined ? {} : { encodingFormat: format }),
    contentSize: String(bytes.length),
    sha256: hashBytes(bytes),
  };
}
