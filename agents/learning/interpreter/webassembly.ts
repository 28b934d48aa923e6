/** The part of the WebAssembly API that the interpreter uses; the language's own types leave it to the browser's. */
export interface WebAssemblyApi {
  readonly validate: (bytes: Uint8Array<ArrayBuffer>) => boolean;
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => Module;
  readonly Instance: new (module: Module, imports: object) => { readonly exports: unknown };
}

/** A compiled module; opaque. */
export interface Module {
  readonly __module: never;
}

export interface LinearMemory {
  readonly buffer: ArrayBuffer;
  readonly grow: (pages: number) => number;
}

/** The platform's WebAssembly, or nothing where it has none. */
export const webAssembly = (globalThis as { readonly WebAssembly?: WebAssemblyApi }).WebAssembly;
