import type { Config } from '../config/config-schema.ts';
import { hostOf } from '../config/read-address.ts';
import type { Capability } from './capabilities.ts';
import { storePlace } from './store-place.ts';

/** The variable with the token of a remote store. */
export const storeTokenVariable = 'ADJUTANT_STORE_TOKEN';

type References = string | readonly string[] | undefined;

/** Returns which credential goes where, by the name of its variable, and what deliveries are checked with. */
export function credentialsOf({ connectors, gateway, store }: Config): Capability[] {
  const { github, jira, pagerduty, slack, events } = connectors;
  const { host } = storePlace(store, '/');
  const jiraHost = hostOf(jira?.site ?? '');
  const githubHost = hostOf(github?.baseUrl ?? 'https://api.github.com');
  const slackHost = hostOf(slack?.baseUrl ?? 'https://slack.com');
  return [
    ...sent(github?.token ?? github?.app?.privateKey, githubHost),
    ...sent(github?.writeToken, githubHost),
    ...sent(jira?.token, jiraHost),
    ...sent(jira?.writeToken, jiraHost),
    ...sent(jira?.email, jiraHost),
    ...sent(jira?.writeEmail, jiraHost),
    ...sent(pagerduty?.token, hostOf(pagerduty?.baseUrl ?? 'https://api.pagerduty.com')),
    ...sent(pagerduty?.routingKey, hostOf(pagerduty?.eventsUrl ?? 'https://events.pagerduty.com')),
    ...sent(slack?.token, slackHost),
    ...sent(slack?.writeToken, slackHost),
    ...sent(gateway?.oidc?.clientSecret, hostOf(gateway?.oidc?.issuer ?? '')),
    ...(host === null ? [] : [{ kind: 'credential' as const, what: storeTokenVariable, to: host }]),
    ...checked(github?.webhookSecret),
    ...checked(jira?.webhookSecret),
    ...checked(jira?.webhookJwtSecret),
    ...checked(pagerduty?.webhookSecret),
    ...checked(slack?.signingSecret),
    ...checked(slack?.approvals?.signingSecret),
    ...checked(events?.webhookSecret),
  ];
}

function sent(reference: string | undefined, host: string | null): Capability[] {
  const name = nameIn(reference);
  return name === null || host === null ? [] : [{ kind: 'credential', what: name, to: host }];
}

function checked(references: References): Capability[] {
  return [references].flat().flatMap((reference) => {
    const name = nameIn(reference);
    return name === null ? [] : [{ kind: 'check' as const, what: name }];
  });
}

function nameIn(reference: string | undefined): string | null {
  return /^\$\{([^}]+)\}$/.exec(reference ?? '')?.[1] ?? null;
}
