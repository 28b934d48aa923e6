import { pino } from 'pino';

export const logStyles = ['text', 'json'] as const;
export type LogStyle = (typeof logStyles)[number];

/** Says what happened: a word for machines and a line for people; never a secret. */
export type Log = (event: string, message: string) => void;

const write = (line: string): void => void process.stderr.write(line);

const styles: Readonly<Record<LogStyle, () => Log>> = {
  text: () => (_event, message) => write(`${message}\n`),
  json: () => {
    const logger = pino({ timestamp: pino.stdTimeFunctions.isoTime, base: null }, { write });
    return (event, message) => logger.info({ event }, message);
  },
};

/** A log on stderr: lines of text, or of JSON. */
export const openLog = (style: LogStyle, quiet: boolean): Log => (quiet ? () => undefined : styles[style]());
