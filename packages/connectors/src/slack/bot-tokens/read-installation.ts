import { z } from 'zod';
import { printable } from '../../commits/text.ts';
import type { UserTokens } from '../../user-tokens/user-tokens.ts';

/** Where an app was installed, with the tokens of its bot there. */
export interface SlackInstallation {
  tokens: UserTokens;
  /** The workspace; null where the app was installed in a whole organization. */
  team: { id: string; name: string } | null;
  /** The organization that the workspace belongs to; null where there is none. */
  enterprise: { id: string; name: string } | null;
  appId: string | null;
  botUserId: string | null;
  /** What was granted, which may be less than what was asked for. */
  scopes: readonly string[];
}

const idSchema = z.string().regex(/^[A-Z0-9]{2,30}$/);
const placeSchema = z.object({ id: idSchema, name: z.string().nullish() });
// By now the code is spent: nothing here may cost the tokens.
const answerSchema = z.object({
  team: placeSchema.nullish().catch(null),
  enterprise: placeSchema.nullish().catch(null),
  app_id: idSchema.nullish().catch(null),
  bot_user_id: idSchema.nullish().catch(null),
  scope: z.string().max(20_000).nullish().catch(null),
});

/** Returns what an answer with tokens tells of the installation. */
export function readInstallation(tokens: UserTokens, data: unknown): SlackInstallation {
  const read = answerSchema.safeParse(data).data ?? {};
  const scopes = (read.scope ?? '').split(',').filter((scope) => scope !== '');
  return {
    tokens,
    team: placeOf(read.team),
    enterprise: placeOf(read.enterprise),
    appId: read.app_id ?? null,
    botUserId: read.bot_user_id ?? null,
    scopes: scopes.map((scope) => printable(scope, 200)),
  };
}

function placeOf(
  place: z.infer<typeof placeSchema> | null | undefined,
): { id: string; name: string } | null {
  if (place === null || place === undefined) return null;
  return { id: place.id, name: printable(place.name ?? '', 200) };
}
