import { cutToWidth, plainText } from '@adjutant/insights';

/** Returns text from outside as one line that moves, colours and hides nothing in a terminal. */
export function terminalText(value: string, mostColumns = 200): string {
  return cutToWidth(plainText(value, mostColumns), mostColumns);
}
