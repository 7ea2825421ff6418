import type { Figure } from '../figure.ts';
import { emulatorName } from '../start-emulator.ts';

export const wholeWayItem = `${emulatorName}, the whole way`;

/** Returns the figure of something that has to be so. */
export function truth(name: string, ok: boolean): Figure {
  return { item: wholeWayItem, name, value: ok ? 'yes' : 'no', bound: 'yes', ok };
}
