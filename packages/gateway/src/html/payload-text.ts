import type { ActionDetail } from '@adjutant/core';

/** Returns a payload as text that people can compare: one member a line, long texts by their lines. */
export function payloadText(payload: ActionDetail['payload']): string {
  return Object.entries(payload)
    .map(([name, value]) =>
      typeof value === 'string' && value.includes('\n')
        ? `${name}:\n${value.replaceAll(/^/gm, '  ')}`
        : `${name}: ${typeof value === 'string' ? value : JSON.stringify(value, null, 2)}`,
    )
    .join('\n');
}
