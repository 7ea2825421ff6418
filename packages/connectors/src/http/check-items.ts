import type { AdjutantError, CheckItem } from '@adjutant/core';
import type { Vendor } from './vendor.ts';

const toleratedSkewMs = 60_000;

const setClock = 'Let the system set its clock from the network.';

/** Returns how this machine's clock stands beside a vendor's; `hint` says what to do where they differ. */
export function clockItem(
  times: { now: number; serverNow: number },
  { title }: Pick<Vendor, 'title'>,
  hint = setClock,
): CheckItem {
  const skewMs = times.serverNow - times.now;
  const seconds = Math.round(Math.abs(skewMs) / 1_000);
  const ok = Math.abs(skewMs) <= toleratedSkewMs;
  const direction = skewMs > 0 ? 'behind' : 'ahead of';
  return {
    id: 'clock',
    ok,
    optional: true,
    message: ok
      ? `This machine's clock agrees with ${title}'s.`
      : `This machine's clock is ${seconds} s ${direction} ${title}'s.`,
    hint: ok ? null : hint,
  };
}

/** Returns the item of something that could not be asked for. */
export function failedItem(id: string, error: AdjutantError): CheckItem {
  return { id, ok: false, message: error.message, hint: error.hint ?? 'Check the configuration.' };
}
