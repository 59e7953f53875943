// The year's internal audits, and planning one.


import { all, post } from '../core/api.js';
import { date, local, t } from '../core/i18n.js';
import { badge, button, card, due, formDialog, link, options, pageHead, table } from '../core/ui.js';
import { departmentName, departments, may, people, personName, session } from '../core/session.js';

export const STAGES = ['planning', 'planApproval', 'notified', 'fieldwork', 'reporting', 'reportApproval', 'followingUp', 'closed'];
export const stageTone = stage => (stage === 'closed' ? 'ok' : stage === 'cancelled' ? 'neutral' : 'info');

export async function audits() {
  const list = await all(`audits?fy=${session.year}`);
  return [
    pageHead(t('nav.audits'), { intro: t('audits.intro'), actions: [may('StartAudit') && button(t('audits.new'), newAudit, { kind: 'primary', name: 'new-audit' })].filter(Boolean) }),
    card(undefined, table(t('nav.audits'), [
      { title: t('audit'), cell: a => link(`#/audits/${a.id}`, a.id) },
      { title: t('common.stage'), cell: a => badge(local(a.stageName), stageTone(a.stage)) },
      { title: t('audit.dates'), cell: a => `${date(a.from)} – ${date(a.to)}` },
      { title: t('audit.lead'), cell: a => personName(a.leadAuditor) },
      { title: t('common.departments'), cell: a => a.departments.map(departmentName).join(', ') },
      { title: t('common.due'), cell: a => due(a.due, a.overdue) },
    ], list, { whenEmpty: t('audits.none'), emptyHint: t('audits.none.hint') })),
  ];
}

function newAudit() {
  const auditors = people('internalAuditor');
  formDialog(t('audits.new'), {
    intro: t('audits.new.intro'), action: t('audits.new.action'), done: t('audits.new.done'), draft: 'audit.new',
    fields: [
      { name: 'departments', label: t('common.departments'), type: 'checks', options: options(departments()), help: t('audits.new.departments') },
      { name: 'auditors', label: t('audit.auditors'), type: 'checks', options: options(auditors), help: t('audits.new.auditors') },
      { name: 'leadAuditor', label: t('audit.lead'), type: 'select', options: options(auditors), none: t('audits.new.propose') },
      { name: 'from', label: t('audit.from'), type: 'date' },
      { name: 'to', label: t('audit.to'), type: 'date' },
    ],
    submit: async values => {
      // What is left open is proposed.
      const wanted = Object.fromEntries(Object.entries(values).filter(([, value]) => !(Array.isArray(value) && value.length === 0)));
      const { data } = await post('audits', wanted);
      location.hash = `#/audits/${data.id}`;
    },
  });
}

