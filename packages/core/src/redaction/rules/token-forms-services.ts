import type { TokenForm } from './token-rule.ts';

const word = '[A-Za-z0-9]';
const dashed = '[A-Za-z0-9_-]';
const hex = '[a-f0-9]';
const uuid = '[a-fA-F0-9]{8}-[a-fA-F0-9]{4}-[a-fA-F0-9]{4}-[a-fA-F0-9]{4}-[a-fA-F0-9]{12}';

/** Tokens of chat, mail, payment, customer and model services. */
export const serviceTokenForms: readonly TokenForm[] = [
  {
    id: 'slack',
    prefixes: [
      'xoxa-',
      'xoxb-',
      'xoxc-',
      'xoxd-',
      'xoxe-',
      'xoxo-',
      'xoxp-',
      'xoxr-',
      'xoxs-',
      'xoxe.xoxb-',
      'xoxe.xoxp-',
      'xwfp-',
    ],
    body: `(?=${dashed}{0,40}\\d)[A-Za-z0-9%/+-]{16,400}`,
  },
  { id: 'slack-app', prefixes: ['xapp-'], body: `\\d-[A-Z0-9]{6,16}-\\d{6,16}-${word}{20,120}` },
  { id: 'slack-legacy', prefixes: ['xoxs_'], body: `${word}{20,120}` },
  {
    id: 'discord',
    prefixes: ['MT', 'Mz', 'ND', 'NT', 'Nj', 'Nz', 'OD', 'OT', 'MD', 'MjA', 'MjE', 'MjI', 'Mj'],
    body: `${word}{15,26}\\.${dashed}{6}\\.${dashed}{27,42}`,
  },
  { id: 'twilio', prefixes: ['SK'], body: `(?=[a-f]{0,31}\\d)${hex}{32}` },
  { id: 'sendgrid', prefixes: ['SG.'], body: `${dashed}{16,32}\\.${dashed}{32,64}` },
  { id: 'mailgun', prefixes: ['key-'], body: `${hex}{32}` },
  { id: 'brevo', prefixes: ['xkeysib-', 'xsmtpsib-'], body: `${hex}{64}-${word}{16}` },
  { id: 'resend', prefixes: ['re_'], body: `${word}{8,12}_${word}{20,32}` },
  { id: 'mandrill', prefixes: ['md-'], body: `(?=[A-Za-z]{0,21}\\d)${dashed}{22}` },
  {
    id: 'stripe',
    prefixes: ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_', 'sk_org_'],
    body: `${word}{16,250}`,
  },
  { id: 'webhook-signing', prefixes: ['whsec_'], body: '[A-Za-z0-9+/=]{24,120}' },
  { id: 'square', prefixes: ['EAAA', 'sq0atp-', 'sq0csp-', 'sq0idp-'], body: `${dashed}{22,80}` },
  { id: 'braintree', prefixes: ['access_token$'], body: `[a-z]{6,12}\\$[a-z0-9]{16}\\$${hex}{32}` },
  {
    id: 'plaid',
    prefixes: ['access-sandbox-', 'access-development-', 'access-production-'],
    body: uuid,
  },
  {
    id: 'shopify',
    prefixes: ['shpat_', 'shpca_', 'shppa_', 'shpss_', 'shpua_'],
    body: '[a-fA-F0-9]{32,64}',
  },
  { id: 'flutterwave', prefixes: ['FLWSECK_TEST-', 'FLWSECK-'], body: `${word}{12,60}(?:-X)?` },
  { id: 'razorpay', prefixes: ['rzp_live_', 'rzp_test_'], body: `${word}{14,24}` },
  { id: 'shippo', prefixes: ['shippo_live_', 'shippo_test_'], body: `${hex}{40}` },
  { id: 'easypost', prefixes: ['EZAK', 'EZTK'], body: `${word}{54}` },
  { id: 'duffel', prefixes: ['duffel_live_', 'duffel_test_'], body: `${dashed}{40,60}` },
  { id: 'hubspot', prefixes: ['pat-na', 'pat-eu', 'pat-ap'], body: `\\d-${uuid}` },
  { id: 'facebook', prefixes: ['EAAG', 'EAAC', 'EAAB', 'EAAD', 'EAAM'], body: `${word}{60,300}` },
  { id: 'dropbox', prefixes: ['sl.'], body: `(?=${dashed}{0,120}\\d)${dashed}{100,1500}` },
  { id: 'adobe', prefixes: ['p8e-', 'p8_'], body: `${dashed}{30,60}` },
  { id: 'frameio', prefixes: ['fio-u-'], body: '[A-Za-z0-9_=-]{60,70}' },
  { id: 'model-anthropic', prefixes: ['sk-ant-'], body: `${dashed}{24,200}` },
  {
    id: 'model',
    prefixes: ['sk-', 'sk-proj-', 'sk-svcacct-', 'sk-admin-', 'sk-or-v1-', 'sk-lf-', 'pk-lf-'],
    body: `(?=[A-Za-z_-]{0,40}\\d)${dashed}{20,300}`,
  },
  { id: 'model-hub', prefixes: ['hf_', 'api_org_'], body: `${word}{30,60}` },
  {
    id: 'model-service',
    prefixes: [
      'gsk_',
      'r8_',
      'xai-',
      'pplx-',
      'fw_',
      'nvapi-',
      'csk-',
      'tvly-',
      'jina_',
      'pcsk_',
      'e2b_',
      'tgp_v1_',
      'ctx7sk-',
      'fc-',
      'bb_live_',
    ],
    body: `(?=[A-Za-z_-]{0,40}\\d)${dashed}{24,200}`,
  },
  { id: 'model-tracing', prefixes: ['lsv2_pt_', 'lsv2_sk_'], body: '[a-f0-9]{32}_[a-f0-9]{10}' },
  { id: 'elevenlabs', prefixes: ['sk_'], body: `${hex}{48}` },
];
