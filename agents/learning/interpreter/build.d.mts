/** Bytes of an assembly module, by its file's name without extension. */
export function compile(name: string): Promise<Uint8Array<ArrayBuffer>>;
