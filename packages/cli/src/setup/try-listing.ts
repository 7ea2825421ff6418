import { AdjutantError } from '@adjutant/core/ports';
import type { AskingContext } from '@adjutant/connectors/github';
import type { SetupCheck } from '@adjutant/gateway';
import { debugLogger } from '../debug-logger.ts';
import type { VendorListing } from '../init/listings.ts';
import { redact } from '../known-secrets.ts';
import type { SetupContext } from './cli-setup-step.ts';

/** Asks a vendor for real what a token shows, and says what came of it without a letter of the token. */
export async function tryListing(
  { context }: SetupContext,
  { title, what, field }: { title: string; what: string; field: string },
  list: (asking: AskingContext) => Promise<VendorListing>,
): Promise<SetupCheck> {
  const { io, clock } = context;
  try {
    const logger = debugLogger(context);
    const asking = { clock, logger, fetch: globalThis.fetch, signal: io.signal };
    const { choices, isWhole } = await list(asking);
    if (choices.length === 0) {
      return { ok: false, said: `${title} takes the token, and shows it no ${what}.` };
    }
    const more = isWhole ? '' : ' There are more, which can be typed.';
    return {
      ok: true,
      said: `${title} takes the token and shows it ${choices.length} ${what}: choose, then keep.${more}`,
      choices: { [field]: choices.map(({ value, label }) => ({ value, label })) },
    };
  } catch (error) {
    io.signal.throwIfAborted();
    if (!AdjutantError.isInstance(error)) throw error;
    const { message, hint } = error;
    const told = `${title} does not answer as it should: ${message}${hint === undefined ? '' : ` ${hint}`}`;
    return { ok: false, said: redact(told, context.secrets) };
  }
}
