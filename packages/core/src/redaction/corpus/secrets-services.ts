import { assemble } from './assemble.ts';
import type { CorpusCase } from './corpus-case.ts';
import { secretCase, secretsCase } from './make-case.ts';

const datadogApiKey = assemble('19b96f1ad177e981', '1001a01718d56881');
const datadogApplicationKey = assemble('bd5684054cf35e54f33a', '79e5c134b0065fa1cd3c');

/** Tokens of chat, tracking, incidents, payment and other services a team subscribes to. */
export const serviceSecrets: readonly CorpusCase[] = [
  secretCase(
    'slack-bot-token',
    assemble(
      'xoxb',
      '-',
      '141888',
      '750911',
      '-',
      '7472818',
      '225138',
      '-',
      'x55zMsius1My',
      'UZ9eMK8BhkA1',
    ),
    (value) => `[bolt-app] starting with token ${value}, socket mode off`,
  ),
  secretCase(
    'slack-user-token',
    assemble(
      'xoxp',
      '-',
      '724278',
      '016897',
      '-',
      '640628',
      '858986',
      '-',
      '6400481',
      '011816',
      '-',
      '6d3583d62216da5c',
      '2d822a4fde9ec6fd',
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
      'DXMF',
      'AXZV',
      '-',
      '8102473',
      '854384',
      '-',
      '9c30498fd25e3b2b40058d639185de1a',
      'e0647990a272d0e33908e7668b8fe69c',
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
      'XM1QwVD+/feZFJxhIDTL+AJ7OPrhgUFDPw+F',
      'RdxnzVkCYwp873bT1Cxxd6Zf3xEoGOvwYXbc',
      '21VPXUdRZTehY4iEnNQL+9yrpTDptMF2MElW',
      'tmuJvc2zrGmW+0iPCiQQlfahNLldnTIUIi',
    ),
    (value) => `{"ok":true,"team_id":"T024BE7LD","refresh_token":"${value}","expires_in":43200}`,
  ),
  secretCase(
    'slack-webhook',
    assemble('T024', 'OXZSIZL', '/', 'B07', 'CAWJ', 'RUST', '/', 'e8Z5TZ6YJbaQ', 'iGVc9FTRXUWq'),
    (value) => `curl -d '{"text":"deploy done"}' https://hooks.slack.com/services/${value}`,
  ),
  secretCase(
    'discord-bot-token',
    assemble(
      'MTE4',
      'Y4thiyVYXrF',
      'rhp1UP2n3qw',
      '.',
      'G',
      'KTCZc',
      '.',
      'F7nKFHXZHdtfZnH60hs',
      'N5bLwthIZ2sNa3ADzYI',
    ),
    (value) => `client.login("${value}").catch(console.error);`,
  ),
  secretCase(
    'discord-webhook',
    assemble('jWYi4R3uoiCib-KDkPYzVz5B9SrLpB8E9p', 'cqGnqdN1QuwkjbQVyQfvjVndimrOJUIDag'),
    (value) => `notify: https://discord.com/api/webhooks/1184400718290411571/${value}`,
  ),
  secretCase(
    'telegram-bot-token',
    assemble('71', '5386', '9785', ':', 'AA', 'SpgoEgdZbdMk7hVgt', 'zAlmi7wC8Yt-Tht8'),
    (value) => `POST https://api.telegram.org/bot${value}/sendMessage -> 401 Unauthorized`,
  ),
  secretCase(
    'teams-incoming-webhook',
    assemble(
      'c298bef9aed5abca',
      '5dc57a52efc64db2',
      '/',
      '198a242a-9a5f-4d36',
      '-965e-fbf6b516150a',
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
      'q6L1ilsBwKvN6wLbYyhDMHUuNx3WLggA9',
      '3PNdOdpDrkFiG2SSqs4z4paVO4XHVuNti',
      'DZXOc7BE0DIdgBMl8Nbeg4YhB0WBS9g',
    ),
    (value) =>
      `StripeAuthenticationError: Expired API Key provided: ${value}\n    at Error.generate (/app/node_modules/stripe/cjs/Error.js:10:20)`,
  ),
  secretCase(
    'stripe-short-secret-key',
    assemble('sk', '_test_', 'eIN8eI9urLrU', 'SLjqKRRWbV3C'),
    (value) => `| variable | staging |\n| --- | --- |\n| STRIPE_KEY | \`${value}\` |`,
  ),
  secretCase(
    'stripe-restricted-key',
    assemble(
      'rk',
      '_live_',
      '51',
      'KVovHakqbh3lxHtaZ1GHeJ40cna9Uxw1U',
      'pCMdBtrSepBEsyPB3F0I6s9DUOLXI63y0',
      'NbXaSnG33Bq1t7bCPW7AokGF6gK3wWc',
    ),
    (value) => `stripe listen --api-key ${value} --forward-to localhost:4242/webhook`,
  ),
  secretCase(
    'stripe-webhook-secret',
    assemble('whsec', '_', 'R3CdQEuwWZ5BsKCJ', 'kQOvQExf6BgTklLo'),
    (value) =>
      `> Ready! Your webhook signing secret is ${value} (^C to quit)\n2026-03-10 11:02:48  --> invoice.paid`,
  ),
  secretCase(
    'standard-webhook-secret',
    assemble('whsec', '_', 'UfkKvMPt6BQrkbRy', '2gdelvg5CAJ2NF6f'),
    (value) => `const webhook = new Webhook('${value}');`,
  ),
  secretCase(
    'twilio-auth-token',
    assemble('bcf047e6e2696b77', 'df17570aa24b5c1c'),
    (value) => `TWILIO_REGION=ie1\nTWILIO_AUTH_TOKEN=${value}`,
  ),
  secretCase(
    'twilio-api-key',
    assemble('SK', 'd2c1aa206b675b3a', 'adf0b0bba2cd08c4'),
    (value) => `twilio: { apiKey: "${value}", region: "ie1" }`,
  ),
  secretCase(
    'sendgrid',
    assemble(
      'SG',
      '.',
      'bodq3wr5l0L',
      'Jv5q4znC4Qb',
      '.',
      'WQHen4vRo6RzAi2z33xwOW',
      '1tE5xzO8CwXQqg3F8sLvn',
    ),
    (value) => `smtp://apikey:${value}@smtp.sendgrid.net:587`,
  ),
  secretCase(
    'mailgun',
    assemble('key', '-', '2eec787265d7ef32', '2afba7ad7e3c8228'),
    (value) =>
      `curl -s --user 'api:${value}' https://api.eu.mailgun.net/v3/mg.example.com/stats/total`,
  ),
  secretCase(
    'mailchimp',
    assemble('4378a201dd56789f', 'b806b03163eabaf1', '-', 'us', '21'),
    (value) => `mailchimp_api_key = "${value}"  # list 9f2c1`,
  ),
  secretCase(
    'atlassian-api-token',
    assemble(
      'ATATT',
      '3xFfGF0',
      'PHRyPt_0ghBiPK0aMrRzm2cgWlRFtqTWIl9',
      'ZFbYsiUfcWFu9S9hflKvrlqP4oVxVQ0wNiw',
      'xZE2WYjzOICPuz5gkaGM9Ehogz0jV4Yahg_',
      'qs1kUGGEY6NhmVJPIf4LRII1axPhaGXzmHy',
      'h9mQWbNFdZV84U-jZDKFsNBei_dEXkb',
      '=',
      '68B9',
      '9AD7',
    ),
    (value) => `JIRA_BASE_URL=https://acme.atlassian.net\nJIRA_API_TOKEN=${value}`,
  ),
  secretCase(
    'atlassian-legacy-token',
    assemble('CYOOrJZPy1xB', 'CfHpDHpaj0ga'),
    (value) => `jira:\n  host: acme.atlassian.net\n  project: ADJ\n  apiToken: ${value}\n`,
  ),
  secretCase(
    'pagerduty-rest-key',
    assemble('u+', 'OU48muzOl', 'HrNgaffDJ'),
    (value) =>
      `curl -H 'Accept: application/vnd.pagerduty+json;version=2' -H 'Authorization: Token token=${value}' https://api.pagerduty.com/incidents`,
  ),
  secretCase(
    'pagerduty-routing-key',
    assemble('R0', '93I4U6O7R8V36IQ', 'PM4VEHPAXI2O17F'),
    (value) => `{"routing_key":"${value}","event_action":"trigger","dedup_key":"billing-5xx"}`,
  ),
  secretCase(
    'opsgenie',
    assemble('577698fe-b8a7-47aa', '-8c00-896aa6f1b578'),
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
    assemble('290832a94f996487', '09f9812fc0b80d7b'),
    (value) =>
      `> POST /api/v2/series HTTP/1.1\n> Host: api.datadoghq.eu\n> DD-API-KEY: ${value}\n> Content-Length: 2210`,
  ),
  secretCase(
    'sentry-dsn',
    assemble('8a7e837c0cd35b0a', '386292429177bd58'),
    (value) => `Sentry.init({ dsn: 'https://${value}@o447951.ingest.de.sentry.io/4506218' });`,
  ),
  secretCase(
    'sentry-legacy-dsn',
    assemble('d3ad68da8a8caea3', '32e7f53a7d381ea6', ':', '1d48203737544a32', '4a8841222134399b'),
    (value) => `SENTRY_DSN=https://${value}@sentry.example.com/17`,
  ),
  secretCase(
    'sentry-user-token',
    assemble('sntryu', '_', '0e52acf2ac20140a41da2c28362ceab3', '5c83b11d957510248a5b5efb2ab4ca62'),
    (value) => `sentry-cli --auth-token ${value} releases new billing@4.2.0`,
  ),
  secretCase(
    'newrelic-user-key',
    assemble('NRAK', '-', '95IK4UX4WNEOJ9', 'N3GJCTZPE38GZ'),
    (value) => `newrelic profile add --profile prod --apiKey ${value} --region eu`,
  ),
  secretCase(
    'grafana-service-account',
    assemble('glsa', '_', 'tcP875Pgogz2R8U7', 'IIoI60AHATOaaa7e', '_', 'a498', '05a2'),
    (value) => `grafana: url=https://grafana.example.com auth=${value} org_id=1`,
  ),
  secretCase(
    'linear',
    assemble('lin', '_api_', 'SpER0JNEhsp8B6O4ofuO', '3FoUCivmq8ddUC4mqAPd'),
    (value) => `"linear": {"headers": {"Authorization": "${value}"}}`,
  ),
  secretCase(
    'notion',
    assemble('ntn', '_', '427985', '77512', 'Hp5lpbnuL2g3prLeaU', '3Mw6mKriqLueFafxK'),
    (value) => `NOTION_TOKEN='${value}' node scripts/export-wiki.ts`,
  ),
  secretCase(
    'figma',
    assemble('figd', '_', 'gQavnZw94OGu5xbmlcyw', 't2vgndv3Bxu--Eq61_bj'),
    (value) => `X-Figma-Token: ${value}`,
  ),
  secretCase(
    'shopify',
    assemble('shpat', '_', '1b32d7ed00eee213', '04e197db08e33b33'),
    (value) => `- SHOPIFY_ADMIN=${value}\n+ SHOPIFY_ADMIN=<set in the vault>`,
  ),
  secretCase(
    'postman',
    assemble(
      'PMAK',
      '-',
      '3b25b3b03457',
      'f7cf58daf718',
      '-',
      '579018ca6c3879001',
      '3543c9e0c95a5ff2b',
    ),
    (value) => `newman run "https://api.getpostman.com/collections/8841?apikey=${value}" --bail`,
  ),
  secretCase(
    'launchdarkly-sdk-key',
    assemble('sdk', '-', 'bdb945c9-c24d-49e3', '-8bde-c7d4c2b1d5b6'),
    (value) =>
      `level=warn msg="flag client: initialised late" launchdarkly_sdk_key=${value} waited=5s`,
  ),
  secretCase(
    'airtable',
    assemble(
      'pat',
      'CLYkybw',
      'QHiBAFw',
      '.',
      '6b761456657bf5e003744e9e0de3dade',
      '9163b18c7c2a98f3e8dd2134e1660238',
    ),
    (value) => `Authorization: Bearer ${value}\nHost: api.airtable.com`,
  ),
  secretCase(
    'hubspot-private-app',
    assemble('pat', '-', 'eu1', '-', '67271791-c13f-415c', '-9311-3971bb195689'),
    (value) => `hs_client = HubSpot(access_token="${value}")`,
  ),
  secretCase(
    'model-key-with-project',
    assemble(
      'sk',
      '-proj-',
      'AEuYZp28YubUY13wygB5s06YMAReJEhpwLZ8D',
      'l3Nw8BGx4mfE2nUfrQaPj6Ds0Lf9xxFDerT6t',
      'T3Blbk',
      'FJ',
      '5-a8n-W4WpYpJsA6dk_ScV5VL7cWQ2FPmlWNi',
      '0JRdNocl8yC6pSjbnJToCblOQ1Zw10ymb-7B6',
    ),
    (value) => `401 Incorrect API key provided: ${value}. Check the key of the project.`,
  ),
  secretCase(
    'model-key-short',
    assemble('sk', '-', 'rCF2V4IUdP', '56E1fgglqJ', 'T3Blbk', 'FJ', 'vJE9b6Cz2M', 'OuSTkbZg4o'),
    (value) => `summariser:\n  model_api_key: ${value}\n  timeout_ms: 20000`,
  ),
  secretCase(
    'model-key-versioned',
    assemble(
      'sk',
      '-ant',
      '-api03-',
      'VCl32FB8X_8ziuTvcm_K9SVH4zOhRbl',
      '-IpARtacBZmhbI6F7t6D8naZDjSaRGg',
      'SSaP8i4pzKCnhVnopUHOUIWlpfbkUcz',
      'AA',
    ),
    (value) =>
      `curl https://models.example.com/v1/messages -H "x-api-key: ${value}" -H "content-type: application/json"`,
  ),
  secretCase(
    'hugging-face',
    assemble('hf', '_', 'rSqxvwEOBYANcyaqg', 'cbEXCHlPJICsdQEIu'),
    (value) => `RUN pip install -r requirements.txt && hf auth login --token ${value}`,
  ),
];
