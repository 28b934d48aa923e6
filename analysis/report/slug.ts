/** A name that serves in addresses and names of files. */
export const slug = (title: string): string =>
  title
    .replaceAll(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-');
