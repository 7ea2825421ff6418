import { AdjutantError } from '@adjutant/core/ports';
import type { Config } from './config/config-schema.ts';
import type { Environment } from './connector-credential.ts';

type References = string | readonly string[];

/** Returns what a reference to a variable stands for; empty where that is not set. */
export function readSecret(reference: string, env: Environment): string {
  return env[reference.slice(2, -1)] ?? '';
}

/**
 * Returns the secrets that deliveries are held against, read when one comes in. They are no credentials:
 * nothing is sent anywhere with them.
 */
export function receivedSecrets(references: References, env: Environment): (() => string)[] {
  return [references].flat().map((reference) => () => readSecret(reference, env));
}

/**
 * Refuses to listen with a secret that is not there: every delivery would be turned away, and its sender
 * would give up.
 * @throws AdjutantError `Configuration` naming the variable
 */
export function requireReceivedSecrets(
  { github, jira, pagerduty, slack, events }: Config['connectors'],
  env: Environment,
): void {
  const places: Record<string, References | undefined> = {
    'connectors.github.webhookSecret': github?.webhookSecret,
    'connectors.jira.webhookSecret': jira?.webhookSecret,
    'connectors.jira.webhookJwtSecret': jira?.webhookJwtSecret,
    'connectors.pagerduty.webhookSecret': pagerduty?.webhookSecret,
    'connectors.slack.signingSecret': slack?.signingSecret,
    'connectors.events.webhookSecret': events?.webhookSecret,
  };
  for (const [place, references = []] of Object.entries(places)) {
    const missing = [references].flat().find((reference) => readSecret(reference, env) === '');
    if (missing === undefined) continue;
    const name = missing.slice(2, -1);
    throw new AdjutantError('Configuration', `The environment variable ${name} is not set.`, {
      hint: `${place} names it: it holds what deliveries are signed with. Set it, or take the key out.`,
    });
  }
}
