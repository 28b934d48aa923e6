const cell = (value: unknown): string => {
  if (value === null || value === undefined || Number.isNaN(value)) return '';
  const text =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint'
      ? String(value)
      : JSON.stringify(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** One line of CSV (RFC 4180, but for the line's end); what is missing or not a number is empty. */
export const csvLine = (cells: readonly unknown[]): string => `${cells.map(cell).join(',')}\n`;
