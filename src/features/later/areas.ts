/** What Steward will do and does not yet: each area with the command that serves meanwhile, and the commands it will have. */

export const AREAS = [
  'habits',
  'time',
  'clients',
  'calendar',
  'digests',
  'figures',
  'assistant',
  'integrations',
] as const;
export type Area = (typeof AREAS)[number];

/** The command that helps meanwhile, by itself. */
export const MEANWHILE: Readonly<Record<Area, string>> = {
  habits: 'remind',
  time: 'list',
  clients: 'list',
  calendar: 'week',
  digests: 'today',
  figures: 'history',
  assistant: 'help',
  integrations: 'add',
};

/** A command to come: its name, LarryBot2's names for it, how it will go. */
export interface Planned {
  readonly name: string;
  readonly area: Area;
  readonly aliases?: readonly string[];
  readonly usage: string;
}

export const PLANNED: readonly Planned[] = [
  {
    name: 'habit',
    area: 'habits',
    aliases: ['habit_add', 'habit_delete'],
    usage: '[words]',
  },
  {
    name: 'habits',
    area: 'habits',
    aliases: ['habit_list', 'habit_progress', 'habit_stats'],
    usage: '',
  },
  { name: 'tick', area: 'habits', aliases: ['habit_done'], usage: '[words]' },
  {
    name: 'timer',
    area: 'time',
    aliases: ['time_start', 'time_stop', 'stop'],
    usage: '[start, stop or switch]',
  },
  { name: 'log', area: 'time', aliases: ['time_entry'], usage: '<words>' },
  { name: 'timesheet', area: 'time', aliases: ['time_summary'], usage: '' },
  { name: 'clients', area: 'clients', aliases: ['allclients'], usage: '' },
  {
    name: 'client',
    area: 'clients',
    aliases: ['addclient', 'removeclient'],
    usage: '[name]',
  },
  { name: 'report', area: 'clients', aliases: ['clientanalytics'], usage: '[client]' },
  {
    name: 'agenda',
    area: 'calendar',
    aliases: ['calendar', 'calendar_all', 'calendar_events', 'calendar_sync', 'calendar_today'],
    usage: '[day]',
  },
  {
    name: 'calendars',
    area: 'calendar',
    aliases: [
      'accounts',
      'account_primary',
      'account_rename',
      'account_deactivate',
      'account_reactivate',
      'account_delete',
      'disconnect',
    ],
    usage: '',
  },
  { name: 'connect', area: 'calendar', aliases: ['connect_google'], usage: '[name]' },
  { name: 'timeblock', area: 'calendar', usage: '<#n> [when]' },
  { name: 'feed', area: 'calendar', usage: '' },
  { name: 'brief', area: 'digests', aliases: ['daily', 'trigger_daily'], usage: '' },
  { name: 'review', area: 'digests', aliases: ['eod'], usage: '' },
  { name: 'weekly', area: 'digests', usage: '' },
  {
    name: 'stats',
    area: 'figures',
    aliases: ['analytics', 'analytics_detailed', 'analytics_advanced', 'productivity_report', 'trends', 'workload'],
    usage: '',
  },
  { name: 'chat', area: 'assistant', usage: '[words]' },
  { name: 'new', area: 'assistant', usage: '' },
  { name: 'memory', area: 'assistant', usage: '' },
  { name: 'persona', area: 'assistant', usage: '' },
  { name: 'usage', area: 'assistant', usage: '' },
  { name: 'github', area: 'integrations', usage: '' },
  { name: 'slack', area: 'integrations', usage: '' },
  { name: 'clickup', area: 'integrations', usage: '' },
  { name: 'webhooks', area: 'integrations', usage: '' },
  { name: 'tokens', area: 'integrations', usage: '' },
];
