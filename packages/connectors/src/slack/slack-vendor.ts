import type { Vendor } from '../http/vendor.ts';

export const slackVendor: Vendor = {
  source: 'slack',
  title: 'Slack',
  addressHint: 'Write https://slack.com/api/, or https://slack-gov.com/api/ for GovSlack.',
  page: 'docs/connectors/slack.md',
};
