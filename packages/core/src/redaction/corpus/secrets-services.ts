import { assemble } from './assemble.ts';
import type { CorpusCase } from './corpus-case.ts';
import { secretCase, secretsCase } from './make-case.ts';

const datadogApiKey = assemble('98fd25e3b2b40058', 'd639185de1ae0647');
const datadogApplicationKey = assemble('990a272d0e33908e7668', 'b8fe69c53d4c50ff7761');

/** Tokens of chat, tracking, incidents, payment and other services a team subscribes to. */
export const serviceSecrets: readonly CorpusCase[] = [
  secretCase(
    'slack-bot-token',
    assemble(
      'xoxb',
      '-',
      '175103',
      '190192',
      '-',
      '2655300',
      '279024',
      '-',
      'wmyUjCXuo651',
      'bSzCwvc4Ye1w',
    ),
    (value) => `[bolt-app] starting with token ${value}, socket mode off`,
  ),
  secretCase(
    'slack-user-token',
    assemble(
      'xoxp',
      '-',
      '323342',
      '334538',
      '-',
      '506221',
      '997663',
      '-',
      '1748860',
      '639852',
      '-',
      '0844976832979425',
      '286ab83b51094798',
    ),
    (value) => `https://slack.com/api/conversations.list?token=${value}&limit=200&cursor=`,
  ),
  secretCase(
    'slack-app-token',
    assemble(
      'xapp',
      '-',
      '1',
      '-',
      'A06',
      'TR9O',
      '7LO8',
      '-',
      '3144251',
      '349032',
      '-',
      '655a6eb88d566b1b8ad54eaeac250671',
      'e92115617b7691ed8b3e62cb826db36d',
    ),
    (value) => `SLACK_APP_TOKEN=${value}\nSLACK_LOG_LEVEL=debug`,
  ),
  secretCase(
    'slack-refresh-token',
    assemble(
      'xoxe',
      '-',
      '1',
      '-',
      'My0x',
      'ADyXIhWXg2R1tnhChb8KDjOYxUx3B7SpLnB6',
      'E7obpFmpcNzQtviiaPUxQetiVmcglqOIUIDZ',
      'ffW0o4s2gRofnEfcYacMj5gUfsyAklh5uB7X',
      's8Tgs6uKkft26kp5zUptvqW2uVbnWK27va',
    ),
    (value) => `{"ok":true,"team_id":"T024BE7LD","refresh_token":"${value}","expires_in":43200}`,
  ),
  secretCase(
    'slack-webhook',
    assemble('T024', 'K50ECVS', '/', 'B07', 'XFJE', 'XVXM', '/', '7z1NYZaU58q9', 'YsUGaGUBnUq6'),
    (value) => `curl -d '{"text":"deploy done"}' https://hooks.slack.com/services/${value}`,
  ),
  secretCase(
    'discord-bot-token',
    assemble(
      'MTE4',
      'L1ilsBwKvN6',
      'wLbYyhDMHUu',
      '.',
      'G',
      'Nx3WL',
      '.',
      'hhA_5QNeOerEslFjG4T',
      'Tru605raWP6YHVvNvjD',
    ),
    (value) => `client.login("${value}").catch(console.error);`,
  ),
  secretCase(
    'discord-webhook',
    assemble('ZYOd9BF1DIehBMm-Ncfh6ZiB2XBT_hfIO-', 'fI_wtMsUTLksKSSXcW5CKWqxHbmrbi5nzH'),
    (value) => `notify: https://discord.com/api/webhooks/1184400718290411571/${value}`,
  ),
  secretCase(
    'telegram-bot-token',
    assemble('71', '7448', '1141', ':', 'AA', '62dob_Vzy3VrCNeBu', 'tTfqBEt0QB5G2I8u'),
    (value) => `POST https://api.telegram.org/bot${value}/sendMessage -> 401 Unauthorized`,
  ),
  secretCase(
    'teams-incoming-webhook',
    assemble(
      'f053252fedd37564',
      'a1ee0adbf7035f0a',
      '/',
      '911f82ec-574e-4741',
      '-bc56-e0b202943c41',
    ),
    (value) =>
      `webhook_url: https://acme.webhook.office.com/webhookb2/5f0c7b7e-2f0e-4a43-9d0b-8c2f3f2c7a10@0d3c2f5e-6a71-4b8e-9a43-1c2b7d905f68/IncomingWebhook/${value}`,
  ),
  secretCase(
    'stripe-secret-key',
    assemble(
      'sk',
      '_live_',
      '51',
      'f6BgTklLoT8Ctv54EKjrb0BWk8NCAcMWm',
      'tv6DQc4Y4JZkYsdb06FbXeDnoHSqWxFy2',
      'LwEppLBYsXdVsNmpz7CqDssqJx2CivR',
    ),
    (value) =>
      `StripeAuthenticationError: Expired API Key provided: ${value}\n    at Error.generate (/app/node_modules/stripe/cjs/Error.js:10:20)`,
  ),
  secretCase(
    'stripe-short-secret-key',
    assemble('sk', '_test_', 'ancp2vp3kyKJ', 't3p2ylC2Pb81'),
    (value) => `| variable | staging |\n| --- | --- |\n| STRIPE_KEY | \`${value}\` |`,
  ),
  secretCase(
    'stripe-restricted-key',
    assemble(
      'rk',
      '_live_',
      '51',
      'TT3aW9P0EZPgCSo6vFEEmK5lOtoYSlPJq',
      'sdCkngauVQGdl2uRn4QxAh0x21wvNV0rE',
      '3vxN6CvXQof1F6qKtmL43yehdJYU0b3',
    ),
    (value) => `stripe listen --api-key ${value} --forward-to localhost:4242/webhook`,
  ),
  secretCase(
    'stripe-webhook-secret',
    assemble('whsec', '_', '7NKJp8uqbq1d3Lwh', 'LIfSOdhoJAG01UYc'),
    (value) =>
      `> Ready! Your webhook signing secret is ${value} (^C to quit)\n2026-03-10 11:02:48  --> invoice.paid`,
  ),
  secretCase(
    'standard-webhook-secret',
    assemble('whsec', '_', 'iJn0t4EObr8GPRdv', 'NuuusaTzFjwdRcg9'),
    (value) => `const webhook = new Webhook('${value}');`,
  ),
  secretCase(
    'twilio-auth-token',
    assemble('bfd880832d63a4c9', 'd785941ba4529f61'),
    (value) => `TWILIO_REGION=ie1\nTWILIO_AUTH_TOKEN=${value}`,
  ),
  secretCase(
    'twilio-api-key',
    assemble('SK', '66b857751bf4f879', '2ba9a3ea5c54dc38'),
    (value) => `twilio: { apiKey: "${value}", region: "ie1" }`,
  ),
  secretCase(
    'sendgrid',
    assemble(
      'SG',
      '.',
      'wxZE2WYjzOI',
      'CPuz5gkaGM9',
      '.',
      'Ehogz0jV4Yahg_qs1kUGGE',
      'Y6NhmVJPIf4LRII1axPha',
    ),
    (value) => `smtp://apikey:${value}@smtp.sendgrid.net:587`,
  ),
  secretCase(
    'mailgun',
    assemble('key', '-', '15c91c8f94563176', '5fe5f86021b3078f'),
    (value) =>
      `curl -s --user 'api:${value}' https://api.eu.mailgun.net/v3/mg.example.com/stats/total`,
  ),
  secretCase(
    'mailchimp',
    assemble('7159668b99ad7063', '3b264cdc0081a01a', '-', 'us', '21'),
    (value) => `mailchimp_api_key = "${value}"  # list 9f2c1`,
  ),
  secretCase(
    'atlassian-api-token',
    assemble(
      'ATATT',
      '3xFfGF0',
      'UOqe0NhF4raG0QgIAPcNcVSQoPKRrhiQEJI',
      'LENQMnksD4WJow8LpxKAHQBqSF0qIwKgOYL',
      'w5ovPWzhNvHH3kVdXFBIQjoVtW48vKpsTzq',
      'ZK-4PT1kp2nYIZQ_X0LRDjtcH1-KtudQ-97',
      'Phph14S-V9IIqI81AHAUPbbb9frTkjB',
      '=',
      '5A24',
      'A14D',
    ),
    (value) => `JIRA_BASE_URL=https://acme.atlassian.net\nJIRA_API_TOKEN=${value}`,
  ),
  secretCase(
    'atlassian-legacy-token',
    assemble('JNEhsp8B6O4o', 'fuO3FoUCivmq'),
    (value) => `jira:\n  host: acme.atlassian.net\n  project: ADJ\n  apiToken: ${value}\n`,
  ),
  secretCase(
    'pagerduty-rest-key',
    assemble('u+', '8ddUC4mqA', 'PdCGMyFC7'),
    (value) =>
      `curl -H 'Accept: application/vnd.pagerduty+json;version=2' -H 'Authorization: Token token=${value}' https://api.pagerduty.com/incidents`,
  ),
  secretCase(
    'pagerduty-routing-key',
    assemble('R0', 'XR3OPI083S20UEJ', 'EY7VXQX1G5S6YZG'),
    (value) => `{"routing_key":"${value}","event_action":"trigger","dedup_key":"billing-5xx"}`,
  ),
  secretCase(
    'opsgenie',
    assemble('765e3cf9-2b8b-4c71', '-b8c2-846b96cfe31b'),
    (value) =>
      `curl -XGET 'https://api.opsgenie.com/v2/alerts' -H 'Authorization: GenieKey ${value}'`,
  ),
  secretsCase(
    'datadog-keys',
    [datadogApiKey, datadogApplicationKey],
    `helm upgrade datadog datadog/datadog --set datadog.apiKey=${datadogApiKey} --set datadog.appKey=${datadogApplicationKey} --version 3.69.3`,
  ),
  secretCase(
    'datadog-header',
    assemble('c6997ccbdb897bd0', 'cbff1aedf681b32d'),
    (value) =>
      `> POST /api/v2/series HTTP/1.1\n> Host: api.datadoghq.eu\n> DD-API-KEY: ${value}\n> Content-Length: 2210`,
  ),
  secretCase(
    'sentry-dsn',
    assemble('7ed00eee21304e19', '7db08e33b333b25b'),
    (value) => `Sentry.init({ dsn: 'https://${value}@o447951.ingest.de.sentry.io/4506218' });`,
  ),
  secretCase(
    'sentry-legacy-dsn',
    assemble('3b03457f7cf58daf', '718579018ca6c387', ':', '90013543c9e0c95a', '5ff2bbdb945c9c24'),
    (value) => `SENTRY_DSN=https://${value}@sentry.example.com/17`,
  ),
  secretCase(
    'sentry-user-token',
    assemble('sntryu', '_', 'd09e30bdec7d4c2b1d5b620369c7c418', '001c6b761456657bf5e003744e9e0de3'),
    (value) => `sentry-cli --auth-token ${value} releases new billing@4.2.0`,
  ),
  secretCase(
    'newrelic-user-key',
    assemble('NRAK', '-', '4Y55UDNHZCS2Q1', 'EXVU9H7T34GCH'),
    (value) => `newrelic profile add --profile prod --apiKey ${value} --region eu`,
  ),
  secretCase(
    'grafana-service-account',
    assemble('glsa', '_', 'P5EYYDJOhYcIdHdk', 'DvDM6cHWyvNFENke', '_', '1bb1', '9568'),
    (value) => `grafana: url=https://grafana.example.com auth=${value} org_id=1`,
  ),
  secretCase(
    'linear',
    assemble('lin', '_api_', 'kZAEtXYn16XsbTX01vxf', 'B3ry5YMARdIEgnuLZ6Ck'),
    (value) => `"linear": {"headers": {"Authorization": "${value}"}}`,
  ),
  secretCase(
    'notion',
    assemble('ntn', '_', '827901', '78540', '1mTepQZOi5DqyLe7ww', 'FDdqS4s38Z6m8V2Vo'),
    (value) => `NOTION_TOKEN='${value}' node scripts/export-wiki.ts`,
  ),
  secretCase(
    'figma',
    assemble('figd', '_', 'YpJsA6dk_ScV5VL7cWQ2', 'FPmlWNi0JRdNocl8yC6p'),
    (value) => `X-Figma-Token: ${value}`,
  ),
  secretCase(
    'shopify',
    assemble('shpat', '_', '486924a06934d6cd', 'dc96fe0eb01e5e25'),
    (value) => `- SHOPIFY_ADMIN=${value}\n+ SHOPIFY_ADMIN=<set in the vault>`,
  ),
  secretCase(
    'postman',
    assemble(
      'PMAK',
      '-',
      '74ef1d8889a2',
      'c21f6e0de33b',
      '-',
      '459768ea509dd10f5',
      'ffc8b4b79f2f451ec',
    ),
    (value) => `newman run "https://api.getpostman.com/collections/8841?apikey=${value}" --bail`,
  ),
  secretCase(
    'launchdarkly-sdk-key',
    assemble('sdk', '-', '38469f2a-04b6-4069', '-962e-1ebe0f966084'),
    (value) =>
      `level=warn msg="flag client: initialised late" launchdarkly_sdk_key=${value} waited=5s`,
  ),
  secretCase(
    'airtable',
    assemble(
      'pat',
      'RGfSRZP',
      '6h2oxJC',
      '.',
      '9859aa5135259a76957cd5cfee140704',
      '8f8da881702b4220d9512e5dfb145ddf',
    ),
    (value) => `Authorization: Bearer ${value}\nHost: api.airtable.com`,
  ),
  secretCase(
    'hubspot-private-app',
    assemble('pat', '-', 'eu1', '-', 'fb4e3b2f-6b9a-4328', '-9fe0-db46acb4430a'),
    (value) => `hs_client = HubSpot(access_token="${value}")`,
  ),
  secretCase(
    'model-key-with-project',
    assemble(
      'sk',
      '-proj-',
      'jYc7wWcilIQIiYrBOuGqe28IxaM-iYZOBqQn7',
      'cfM0FEM8qzyvenKAduy9kbd8drGu3uLNRNdsK',
      'T3Blbk',
      'FJ',
      'aCJg3LfMZe8-NAsAx5B44c8HcRQJnOSNvMlM8',
      '4pJGm6QGyN9pU_BEx3NTqLweZXl2Z-vGbIqgK',
    ),
    (value) => `401 Incorrect API key provided: ${value}. Check the key of the project.`,
  ),
  secretCase(
    'model-key-short',
    assemble('sk', '-', 'zOnf6yj5uk', 'qUCVRGfAIq', 'T3Blbk', 'FJ', 'Vk0Ri2TQga', 'yNGO45Gvit'),
    (value) => `summariser:\n  model_api_key: ${value}\n  timeout_ms: 20000`,
  ),
  secretCase(
    'model-key-versioned',
    assemble(
      'sk',
      '-ant',
      '-api03-',
      'ZhHC_10WBPVHqfv4c1Riq4uZY3mM8Ml',
      '0oCExtlioQOY3KeB282GLLQMAEJzT8i',
      'YHpuUm-TECOGPm2AIDSAa54fYyhkE88',
      'AA',
    ),
    (value) =>
      `curl https://models.example.com/v1/messages -H "x-api-key: ${value}" -H "content-type: application/json"`,
  ),
  secretCase(
    'hugging-face',
    assemble('hf', '_', 'cPCZXOEGQZchAoSWK', 'YpFsspwVEHPehHqli'),
    (value) => `RUN pip install -r requirements.txt && hf auth login --token ${value}`,
  ),
];
