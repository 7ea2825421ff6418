import type { TokenForm } from './token-rule.ts';

const word = '[A-Za-z0-9]';
const dashed = '[A-Za-z0-9_-]';
const hex = '[a-f0-9]';
const uuid = `${hex}{8}-${hex}{4}-${hex}{4}-${hex}{4}-${hex}{12}`;

/** Tokens of clouds, hosting, databases and what watches them. */
export const cloudTokenForms: readonly TokenForm[] = [
  { id: 'aws-key-id', prefixes: ['AKIA', 'ASIA', 'ABIA', 'ACCA'], body: '[A-Z0-9]{16}' },
  { id: 'aws-bedrock', prefixes: ['ABSK', 'bedrock-api-key-'], body: '[A-Za-z0-9+/=]{60,400}' },
  { id: 'google-api', prefixes: ['AIza'], body: `${dashed}{35}` },
  { id: 'google-client-secret', prefixes: ['GOCSPX-'], body: `${dashed}{24,40}` },
  {
    id: 'google-access',
    prefixes: ['ya29.'],
    body: `${dashed}{20,1000}(?:\\.${dashed}{1,60}){0,2}`,
  },
  { id: 'google-refresh', prefixes: ['1//0'], body: `${dashed}{30,200}` },
  { id: 'alibaba', prefixes: ['LTAI'], body: `${word}{12,26}` },
  { id: 'tencent', prefixes: ['AKID'], body: `(?=[A-Za-z]{0,31}\\d)${word}{32}` },
  { id: 'yandex', prefixes: ['AQVN', 't1.9eu'], body: '[A-Za-z0-9_.-]{30,300}' },
  { id: 'digitalocean', prefixes: ['dop_v1_', 'doo_v1_', 'dor_v1_'], body: `${hex}{64}` },
  { id: 'heroku', prefixes: ['HRKU-'], body: `${dashed}{30,80}` },
  { id: 'netlify', prefixes: ['nfp_', 'nfc_', 'nfo_', 'nfb_', 'nfu_'], body: `${word}{30,60}` },
  { id: 'vercel', prefixes: ['vcp_', 'vca_', 'vci_', 'vcr_', 'vck_'], body: `${word}{20,80}` },
  { id: 'render', prefixes: ['rnd_'], body: `${word}{24,60}` },
  { id: 'fly', prefixes: ['fo1_', 'fm1r_', 'fm2_', 'fm1a_'], body: '[A-Za-z0-9+/=_-]{40,2000}' },
  { id: 'cloudflare', prefixes: ['cfut_', 'cfat_', 'cfk_'], body: `${word}{30,80}` },
  { id: 'cloudflare-origin', prefixes: ['v1.0-'], body: `${hex}{24}-${hex}{146}` },
  { id: 'supabase', prefixes: ['sbp_', 'sb_secret_'], body: `${dashed}{24,80}` },
  {
    id: 'planetscale',
    prefixes: ['pscale_tkn_', 'pscale_pw_', 'pscale_oauth_'],
    body: '[A-Za-z0-9_.=-]{30,80}',
  },
  { id: 'neon', prefixes: ['napi_', 'npg_'], body: `${word}{12,80}` },
  { id: 'databricks', prefixes: ['dapi'], body: `${hex}{32}(?:-\\d)?` },
  {
    id: 'doppler',
    prefixes: ['dp.pt.', 'dp.st.', 'dp.ct.', 'dp.sa.', 'dp.scim.', 'dp.audit.'],
    body: `(?:[a-z0-9_-]{1,35}\\.)?${word}{36,50}`,
  },
  { id: 'vault', prefixes: ['hvs.', 'hvb.', 'hvr.'], body: `${dashed}{20,300}` },
  { id: 'tailscale', prefixes: ['tskey-'], body: `[a-z]{2,12}-${dashed}{16,80}` },
  { id: 'openshift', prefixes: ['sha256~'], body: `${dashed}{43}` },
  {
    id: 'dynatrace',
    prefixes: ['dt0c01.', 'dt0s16.', 'dt0s02.'],
    body: '[A-Z0-9]{8,24}\\.[A-Z0-9]{64}',
  },
  {
    id: 'new-relic',
    prefixes: ['NRAK-', 'NRIQ-', 'NRRA-', 'NRII-', 'NRJS-', 'NRBR-', 'NRSP-'],
    body: `${dashed}{18,60}`,
  },
  { id: 'sentry', prefixes: ['sntrys_', 'sntryu_'], body: '[A-Za-z0-9+/=_-]{40,500}' },
  { id: 'grafana', prefixes: ['glsa_', 'glc_'], body: '[A-Za-z0-9+/=_]{30,400}' },
  { id: 'grafana-legacy', prefixes: ['eyJrIjoi'], body: '[A-Za-z0-9+/=_-]{40,400}' },
  { id: 'honeycomb', prefixes: ['hcaik_', 'hcamk_', 'hcaic_', 'hcxik_'], body: `${word}{26,80}` },
  { id: 'datadog', prefixes: ['ddapp_', 'ddpat_'], body: `${word}{30,80}` },
  { id: 'posthog', prefixes: ['phx_', 'phs_'], body: `${word}{32,60}` },
  { id: 'elastic', prefixes: ['essu_'], body: '[A-Za-z0-9+/=]{40,120}' },
  { id: 'scaleway', prefixes: ['SCW'], body: '(?=[A-Z]{0,16}\\d)[A-Z0-9]{17}' },
  { id: 'age', prefixes: ['AGE-SECRET-KEY-1', 'AGE-PLUGIN-'], body: '[A-Z0-9-]{40,200}' },
  { id: 'mapbox', prefixes: ['sk.eyJ'], body: `${dashed}{30,200}\\.${dashed}{10,60}` },
  {
    id: 'google-api-bound',
    prefixes: ['AQ.'],
    body: `(?=${dashed}{0,60}\\d)(?=${dashed}{0,60}[a-z])${dashed}{30,200}`,
  },
  { id: 'supabase', prefixes: ['sbp_', 'sb_secret_'], body: `${dashed}{28,80}` },
  { id: 'fly', prefixes: ['fm1r_', 'fm1a_', 'fm2_', 'fo1_'], body: '[A-Za-z0-9+/=_-]{40,1500}' },
  { id: 'render', prefixes: ['rnd_'], body: `${word}{28,60}` },
  { id: 'nkey', prefixes: ['SU', 'SA', 'SO', 'SN', 'SC', 'SX'], body: '[A-Z2-7]{56}' },
  { id: 'axiom', prefixes: ['xaat-', 'xapt-'], body: uuid },
  { id: 'coralogix', prefixes: ['cxtp_', 'cxup_'], body: `${word}{28,60}` },
  {
    id: 'statsig',
    prefixes: ['secret-', 'console-'],
    body: `(?=[A-Za-z]{0,40}\\d)(?=[a-z0-9]{0,40}[A-Z])${word}{40,60}`,
  },
];
