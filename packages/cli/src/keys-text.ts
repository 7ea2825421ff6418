import type { KeySummary, RotationResult, SecretSummary, Unreadable } from '@adjutant/core';
import { formatNumber, plainText } from '@adjutant/insights';
import type { Output } from './output.ts';
import { renderTable } from './table.ts';

export interface StoredKeys {
  secrets: readonly SecretSummary[];
  keys: readonly KeySummary[];
  place: string;
  unfinishedRotation: boolean;
}

/** Returns what is stored and what protects it, for a terminal. */
export function keysText(stored: StoredKeys, output: Output): string {
  if (stored.secrets.length === 0 && stored.keys.length === 0) {
    return 'No secret is stored. Store one: adjutant keys set connector:github:read';
  }
  const secrets = renderTable(
    output,
    [{ title: 'secret', width: 70 }, { title: 'set' }],
    stored.secrets.map(({ name, updatedAt }) => [plainText(name, 70), dayOf(updatedAt)]),
  );
  const keys = renderTable(
    output,
    [{ title: 'key', width: 64 }, { title: 'protects', align: 'right' }, { title: 'state' }],
    stored.keys.map(({ keyId, secrets: count, dataKeys, retiredAt }) => [
      plainText(keyId, 64),
      counted(count, 'secret'),
      retiredAt === null ? (dataKeys > 0 ? 'in use' : '') : `retired ${dayOf(retiredAt)}`,
    ]),
  );
  const unfinished = stored.unfinishedRotation
    ? ['', 'A rotation is not finished. Go on with it: adjutant keys rotate']
    : [];
  return [secrets, '', keys, '', `Keys come from ${stored.place}.`, ...unfinished].join('\n');
}

/** Returns what a rotation did, and what is left to do. */
export function rotationText(result: RotationResult, earlier: readonly string[]): string {
  const { keyId, reencrypted, resumed, unreadable } = result;
  const goneOn = resumed ? ' A rotation that had been cut off is finished.' : '';
  const retire = unreadable.length > 0 ? [] : earlier.filter((id) => id !== keyId);
  return [
    `${counted(reencrypted, 'secret')} stored anew; the key "${keyId}" protects them.${goneOn}`,
    ...unreadableLines(unreadable),
    ...retire.map((id) => `When nothing else needs the old key: adjutant keys retire ${id}`),
  ].join('\n');
}

/** Returns one line for each thing that could not be opened, with what to do about it. */
export function unreadableLines(unreadable: readonly Unreadable[]): string[] {
  return unreadable.flatMap(({ name, message, hint }) => [
    `Left as it is: ${plainText(name, 200)}. ${plainText(message, 400)}`,
    ...(hint === null ? [] : [`  ${plainText(hint, 400)}`]),
  ]);
}

/** Returns a number with its noun. */
export function counted(count: number, noun: string): string {
  return `${formatNumber(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 16).replace('T', ' ');
}
