import type { Paint } from '@adjutant/insights';
import type { Colors } from './output.ts';

/** Returns how the parts of a report look in this terminal. */
export function createPaint(colors: Colors): Paint {
  const styles: Record<Parameters<Paint>[0], (text: string) => string> = {
    title: colors.bold,
    heading: colors.bold,
    figure: colors.cyan,
    muted: colors.dim,
    warning: colors.yellow,
    next: colors.green,
    command: colors.bold,
  };
  return (style, text) => styles[style](text);
}
