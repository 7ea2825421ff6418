import type { CorpusCase } from './corpus-case.ts';
import { secretCase } from './make-case.ts';
import type { HeldOutRow } from './held-out-row.ts';
import { commandsOfHeldOut } from './secrets-held-out-commands.ts';
import { disguisedInHeldOut } from './secrets-held-out-disguised.ts';
import { issuedToHeldOut } from './secrets-held-out-issued.ts';
import { placedInHeldOut } from './secrets-held-out-placed.ts';
import { seeded } from './seeded.ts';

const { hex, lower, upper, word, url, base64, digit } = seeded(20_260_311);

const uuid = (): string => [hex(8), hex(4), hex(4), hex(4), hex(12)].join('-');

/** By their issuers' published descriptions of what they look like. */
const issued: readonly HeldOutRow[] = [
  ['cloudflare-global', `cfk_${word(40)}${hex(8)}`, (v) => `the key is ${v}, revoke it`],
  ['cloudflare-user', `cfut_${word(40)}${hex(8)}`, (v) => `wrangler: using ${v}`],
  ['cloudflare-account', `cfat_${word(40)}${hex(8)}`, (v) => `- ${v}\n- eu-west-1`],
  [
    'onepassword-secret-key',
    `A3-${upper(6)}-${upper(6)}-${upper(5)}-${upper(5)}-${upper(5)}-${upper(5)}`,
    (v) => `Emergency kit: ${v}`,
  ],
  ['onepassword-service', `ops_eyJ${word(260)}`, (v) => `op run with ${v} on the runner`],
  ['adobe-client', `p8e-${lower(32)}`, (v) => `we gave them ${v} by chat`],
  [
    'age',
    ['AGE', 'SECRET', 'KEY', '1QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQPZRY9X8GF2TVDW0S3JN54KHCE'].join(
      '-',
    ),
    (v) => `# created: 2026-03-11\n${v}\n`,
  ],
  ['anthropic-admin', `sk-ant-admin01-${url(93)}AA`, (v) => `401 for ${v}`],
  [
    'artifactory-key',
    `AKCp${word(69)}`,
    (v) => `curl -H "X-JFrog-Art-Api: ${v}" https://art.example.com`,
  ],
  ['artifactory-reference', `cmVmd${word(59)}`, (v) => `jf c add --access-token ${v}`],
  ['clickhouse', `4b1d${word(38)}`, (v) => `clickhouse cloud said ${v} is not valid any more`],
  ['databricks', `dapi${hex(32)}`, (v) => `databricks host https://x.example.com ${v}`],
  ['digitalocean', `dop_v1_${hex(64)}`, (v) => `doctl auth init -t ${v}`],
  ['doppler-service', `dp.st.prd.${word(43)}`, (v) => `doppler run with ${v}`],
  ['dynatrace', `dt0c01.${upper(24)}.${upper(64)}`, (v) => `Api token ${v} in the deployment`],
  ['easypost', `EZAK${word(54)}`, (v) => `easypost ${v}`],
  ['flutterwave', `FLWSECK-${hex(32)}-X`, (v) => `payments: ${v}`],
  ['fly', `FlyV1 fm2_${base64(180)}`, (v) => `fly deploy failed with ${v}`],
  ['frameio', `fio-u-${url(64)}`, (v) => `frame upload ${v}`],
  ['grafana-service', `glsa_${word(32)}_${hex(8)}`, (v) => `grafana ${v} 403`],
  ['grafana-cloud', `glc_eyJ${word(90)}`, (v) => `agent config: ${v}`],
  ['harness', `pat.${word(22)}.${hex(24)}.${word(20)}`, (v) => `harness login with ${v}`],
  ['heroku', `HRKU-AA${url(58)}`, (v) => `heroku ${v} is the one of the pipeline`],
  ['hubspot', `pat-na1-${uuid()}`, (v) => `private app ${v}`],
  ['hugging-face', `hf_${word(34)}`, (v) => `huggingface-cli said ${v} expired`],
  ['intra', `s-s4t2ud-${hex(64)}`, (v) => `intra ${v}`],
  ['linear', `lin_api_${word(40)}`, (v) => `linear sync uses ${v}`],
  ['mapbox', `sk.eyJ${word(80)}.${url(22)}`, (v) => `mapbox: ${v}`],
  ['maxmind', `${word(6)}_${word(29)}_mmk`, (v) => `geoipupdate: ${v}`],
  ['new-relic', `NRAK-${upper(27)}`, (v) => `newrelic ${v} user key`],
  ['notion', `ntn_${digit(11)}${word(35)}`, (v) => `The integration got ${v} today`],
  ['octopus', `API-${upper(26)}`, (v) => `octo push with ${v}`],
  ['openai-project', `sk-proj-${url(74)}T3BlbkFJ${url(74)}`, (v) => `Incorrect key provided: ${v}`],
  ['planetscale', `pscale_tkn_${url(43)}`, (v) => `pscale ${v}`],
  ['postman', `PMAK-${hex(24)}-${hex(34)}`, (v) => `newman run ${v}`],
  ['prefect', `pnu_${lower(36)}`, (v) => `prefect cloud ${v}`],
  ['pulumi', `pul-${hex(40)}`, (v) => `pulumi login: ${v}`],
  ['rapidapi', `${hex(10)}msh${hex(15)}p1${hex(5)}jsn${hex(12)}`, (v) => `x-rapidapi-key: ${v}`],
  ['readme', `rdme_${lower(70)}`, (v) => `rdme openapi ${v}`],
  ['scalingo', `tk-us-${url(48)}`, (v) => `scalingo ${v}`],
  ['brevo', `xkeysib-${hex(64)}-${word(16)}`, (v) => `brevo ${v}`],
  ['sentry-user', `sntryu_${hex(64)}`, (v) => `sentry-cli ${v}`],
  ['settlemint', `sm_pat_${word(16)}`, (v) => `settlemint ${v}`],
  ['shippo', `shippo_live_${hex(40)}`, (v) => `shippo: ${v}`],
  ['sonar', `squ_${hex(40)}`, (v) => `sonar-scanner ${v}`],
  ['sourcegraph', `sgp_${hex(16)}_${hex(40)}`, (v) => `src login ${v}`],
  ['square', `sq0csp-${url(43)}`, (v) => `square ${v}`],
  ['stripe-hook', `whsec_${word(32)}`, (v) => `stripe listen: ${v}`],
  ['stripe-restricted', `rk_live_${word(99)}`, (v) => `charged through ${v}`],
  ['twilio', `SK${hex(32)}`, (v) => `twilio key ${v} sid`],
  ['typeform', `tfp_${word(44)}_${word(14)}`, (v) => `typeform ${v}`],
  ['vault-service', `hvs.${url(95)}`, (v) => `vault said ${v}`],
  ['vercel-personal', `vcp_${word(56)}`, (v) => `vercel pull with ${v}`],
  ['vercel-gateway', `vck_${word(56)}`, (v) => `gateway ${v}`],
  ['langfuse', `sk-lf-${uuid()}`, (v) => `langfuse ${v}`],
  ['supabase', `sbp_${hex(40)}`, (v) => `supabase link ${v}`],
  ['resend', `re_${word(8)}_${word(24)}`, (v) => `resend ${v}`],
  ['tailscale', `tskey-auth-k${word(11)}CNTRL-${word(32)}`, (v) => `tailscale up ${v}`],
  ['buildkite', `bkua_${hex(40)}`, (v) => `buildkite ${v}`],
  ['circleci', `CCIPAT_${word(22)}_${hex(40)}`, (v) => `circleci ${v}`],
  ['figma', `figd_${url(40)}`, (v) => `figma ${v}`],
  ['airtable', `pat${word(14)}.${hex(64)}`, (v) => `airtable ${v}`],
  ['plaid', `access-production-${uuid()}`, (v) => `plaid item ${v}`],
  ['neon', `napi_${lower(64)}`, (v) => `neonctl ${v}`],
  ['open-router', `sk-or-v1-${hex(64)}`, (v) => `openrouter ${v}`],
  ['launch-darkly', `sdk-${uuid()}`, (v) => `LaunchDarkly client with ${v}`],
  ['contentful', `CFPAT-${url(43)}`, (v) => `contentful space export ${v}`],
  ['docker-organisation', `dckr_oat_${url(32)}`, (v) => `login as acme with ${v}`],
  ['gitlab-trigger', `glptt-${hex(40)}`, (v) => `pipeline trigger ${v}`],
  ['gitlab-runner', `glrt-${url(20)}`, (v) => `gitlab-runner ${v}`],
  ['bedrock', `ABSK${base64(109)}`, (v) => `bedrock ${v}`],
  ['braintree', `access_token$production$${lower(16)}$${hex(32)}`, (v) => `braintree ${v}`],
  ['razorpay-hook', `rzp_live_${word(14)}`, (v) => `razorpay ${v}`],
  ['paddle', `pdl_live_apikey_01${lower(24)}_${word(22)}_${word(3)}`, (v) => `paddle ${v}`],
  ['runpod', `rpa_${upper(46)}`, (v) => `runpod ${v}`],
  ['polar', `polar_oat_${word(43)}`, (v) => `polar ${v}`],
  ['samsara', `samsara_api_${word(30)}`, (v) => `samsara ${v}`],
  ['merge-freeze', `mfo_${word(24)}`, (v) => `mergefreeze ${v}`],
];

/** By what names them, in the files and lines where people leave them. */
const placed: readonly HeldOutRow[] = [
  ['laravel', `base64:${base64(42)}8=`, (v) => `APP_NAME=Shop\nAPP_KEY=${v}\n`],
  ['django', `django-insecure-${lower(50)}`, (v) => `SECRET_KEY = '${v}'`],
  ['wireguard', `${base64(42)}8=`, (v) => `[Interface]\nPrivateKey = ${v}\nAddress = 10.0.0.2/24`],
  [
    'otpauth',
    'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXQ',
    (v) => `otpauth://totp/Shop:mira?secret=${v}&issuer=Shop`,
  ],
  [
    'service-bus',
    `${base64(42)}8=`,
    (v) => `Endpoint=sb://x.example.com/;SharedAccessKeyName=Root;SharedAccessKey=${v}`,
  ],
  ['npmrc', word(36), (v) => `//packages.example.com/:_authToken=${v}`],
  ['pgpass', word(14), (v) => `db.example.com:5432:shop:shop_rw:${v}`],
  ['ansible', word(16), (v) => `web1 ansible_host=10.0.0.4 ansible_become_pass=${v}`],
  ['fastlane', word(18), (v) => `MATCH_PASSWORD=${v} bundle exec fastlane beta`],
  ['gradle', word(20), (v) => `signing.keyPassword=${v}\nsigning.keyId=24875D73`],
  ['spring', word(18), (v) => `spring.datasource.password=${v}`],
  ['terraform', word(24), (v) => `master_password = "${v}"`],
  ['aws-secret', base64(40), (v) => `aws_secret_access_key = ${v}`],
  ['connect-sid', `s%3A${url(32)}.${word(43)}`, (v) => `Cookie: connect.sid=${v}; theme=dark`],
  ['client-secret-json', `GOCSPX-${url(28)}`, (v) => `{"web":{"client_secret":"${v}"}}`],
  ['x-api-key', word(40), (v) => `curl -H 'x-api-key: ${v}' https://api.example.com`],
  ['git-remote', word(22), (v) => `origin\thttps://build:${v}@git.example.com/a.git (fetch)`],
  ['jdbc-oracle', word(12), (v) => `jdbc:oracle:thin:shop/${v}@db.example.com:1521/XE`],
  ['sip', word(12), (v) => `passwd: "${v}"`],
  ['powershell', word(16), (v) => `ConvertTo-SecureString "${v}" -AsPlainText -Force`],
  ['net-use', word(12), (v) => `net use Z: \\\\fs.example.com\\share /user:build ${v}`],
  ['curl-user', word(14), (v) => `curl -u build:${v} https://api.example.com`],
  ['wpa', word(16), (v) => `network={\n  ssid="office"\n  psk="${v}"\n}`],
  ['rails', hex(32), (v) => `RAILS_MASTER_KEY=${v}`],
];

const rowsOfFirst: readonly HeldOutRow[] = [...issued, ...placed];
const rowsOfSecond: readonly HeldOutRow[] = [
  ...issuedToHeldOut,
  ...commandsOfHeldOut,
  ...placedInHeldOut,
  ...disguisedInHeldOut,
];

const casesOf = (set: string, rows: readonly HeldOutRow[]): CorpusCase[] =>
  rows.map(([id, value, textAround]) => secretCase(`${set}-${id}`, value, textAround));

/**
 * Secrets by kind, from what their issuers publish and from the files they stand in, in two sets. Each
 * was written without a look at the patterns of the rules and run once before anything was mended.
 */
export const heldOutSecrets: readonly CorpusCase[] = [
  ...casesOf('held-out', rowsOfFirst),
  ...casesOf('held-out-again', rowsOfSecond),
];
