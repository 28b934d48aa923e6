import { crate } from './crate.js';
import { csv } from './csv.js';
import type { Exporter } from './exporter.js';
import { gexf } from './gexf.js';
import { parquet } from './parquet.js';

/** Forms that a run, a sweep or a study can be exported in, by the name that `--to` gives. */
export const exporters = { csv, parquet, gexf, crate } satisfies Record<string, Exporter>;
