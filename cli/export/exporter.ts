/** What is exported: a finished run, or a sweep or study with its table. */
export interface Source {
  readonly folder: string;
  readonly kind: 'run' | 'sweep';
}

export interface ExportOptions {
  /** Where a crate's data may be used under: an SPDX identifier or an address. */
  readonly license: string;
}

/** Files of an export, by path in its folder. */
export type Exported = ReadonlyMap<string, string | Uint8Array>;

/** A form that records can be exported in. */
export interface Exporter {
  readonly summary: string;
  readonly export: (source: Source, options: ExportOptions) => Promise<Exported>;
}
