/** Russian words of what the owner wants done: openings, lists, priorities, small talk. */
import type { Words } from './lexeme.ts';

const AS_DONE =
  'как сделано|как сделанное|как сделанную|как сделанный|как выполнено|как выполненное|как выполненную|как выполненный|как готово|как готовое|как готовую|' +
  'как завершено|как завершенное|как завершенную|как завершенный|сделано|сделанным|сделанной|выполнено|выполненным|выполненной|готово|завершено|завершенным|завершенной';

export const ruIntents: Pick<
  Words,
  | 'smallTalk'
  | 'priorities'
  | 'openings'
  | 'aheadOpeners'
  | 'aheadLeads'
  | 'aheadTo'
  | 'aheadEnds'
  | 'listOpeners'
  | 'listFillers'
  | 'listNouns'
  | 'listFilters'
> = {
  smallTalk:
    'привет|приветик|здравствуй|здравствуйте|хай|ку|доброе утро|добрый день|добрый вечер|доброй ночи|спокойной ночи|как дела|как ты|спасибо|спасибо большое|' +
    'большое спасибо|спасибо тебе|спс|пасиб|пасибо|благодарю|ок|окей|хорошо|ладно|ага|угу|да|нет|неа|понял|поняла|понятно|ясно|отлично|супер|класс|круто|здорово|' +
    'молодец|пока|до свидания|увидимся|извини|извините|прости|пожалуйста|стоп|не надо|неважно|не важно|забудь|забей|ты тут|ты здесь|хаха|ахаха|лол|ого',
  priorities: {
    low: 'низкий низкая низко',
    medium: 'средний средняя обычный',
    high: 'высокий высокая важно важный важное',
    critical: 'критический критично критичный',
    urgent: 'срочно срочный срочное',
  },
  openings: [
    {
      phrase: 'пожалуйста? напомни|напомните|напоминай|напоминайте мне|нам? пожалуйста?',
      intent: 'remind',
      needs: 'any',
    },
    { phrase: 'напомнить мне|нам?', intent: 'remind', needs: 'any' },
    { phrase: 'можешь напомнить мне?', intent: 'remind', needs: 'any', asks: true },
    { phrase: 'поставь|создай|добавь|сделай мне? напоминание|напоминалку', intent: 'remind', needs: 'any' },
    { phrase: 'напоминание|напоминалка :?', intent: 'remind', needs: 'words' },
    { phrase: 'готово :?', intent: 'done', needs: 'any' },
    {
      phrase: 'я? сделал|сделала|выполнил|выполнила|закончил|закончила|завершил|завершила|доделал|доделала с?',
      intent: 'done',
      needs: 'any',
    },
    { phrase: 'сделано|выполнено|завершено|закончено :?', intent: 'done', needs: 'any' },
    { phrase: 'закрой|заверши|отметь|выполни #', intent: 'done', needs: 'any' },
    { phrase: 'отметь|отметить|пометь|пометить #?', intent: 'done', needs: 'any', ends: AS_DONE },
    { phrase: '# готово|сделано|выполнено|готова', intent: 'done', needs: 'end' },
    { phrase: 'открой|верни #', intent: 'reopen', needs: 'any' },
    { phrase: 'переоткрой|открой снова|верни задачу', intent: 'reopen', needs: 'words' },
    { phrase: 'отложи|отложить #', intent: 'snooze', needs: 'any' },
    { phrase: 'отложи', intent: 'snooze', needs: 'any' },
    { phrase: 'перенеси|перенести|сдвинь|подвинь #', intent: 'move', needs: 'any' },
    { phrase: 'перенеси|сдвинь|подвинь', intent: 'move', needs: 'date' },
    { phrase: 'удали', intent: 'delete', needs: 'any' },
    { phrase: 'удалить|отмени|отменить|убери #', intent: 'delete', needs: 'any' },
    { phrase: 'удалить|отмени|убери задачу|напоминание', intent: 'delete', needs: 'words' },
    { phrase: 'заметка|комментарий :|к', intent: 'note', needs: 'words' },
    { phrase: 'заметка|комментарий #', intent: 'note', needs: 'any' },
    { phrase: 'добавь заметку|комментарий к', intent: 'note', needs: 'words' },
    { phrase: 'поиск|ищи :?', intent: 'search', needs: 'words' },
    { phrase: 'найди', intent: 'search', needs: 'words' },
    { phrase: 'отмена|отмени', intent: 'undo', needs: 'end' },
    { phrase: 'отмени последнее|последние|последнюю', intent: 'undo', needs: 'any' },
    { phrase: 'помощь|справка|помоги', intent: 'help', needs: 'end' },
    { phrase: 'что ты умеешь', intent: 'help', needs: 'end' },
    {
      phrase: 'я? запиши|залогируй|потратил|потратила|проработал|проработала|работал|работала',
      intent: 'log',
      needs: 'duration',
    },
    { phrase: 'задача|дело :', intent: 'add', needs: 'words' },
    {
      phrase: 'добавь|создай|новая|добавить|создать новую? задачу|задача|дело :|чтобы?',
      intent: 'add',
      needs: 'words',
    },
    { phrase: 'запусти|включи|старт таймер', intent: 'timer_start', needs: 'any' },
    { phrase: 'останови|выключи|стоп таймер', intent: 'timer_stop', needs: 'any' },
  ],
  aheadOpeners:
    'с напоминанием|напоминание|напомнить|напомнить мне|напомни об этом|предупреди|предупреди меня|предупредить|сообщи|дай знать',
  aheadLeads: 'за',
  aheadTo: 'до',
  aheadEnds: 'до|до этого|до начала|до него|до нее|до того|до срока|до события|заранее|раньше|перед этим',
  listOpeners: 'что покажи список какие выведи',
  listFillers:
    'мне мои моих у меня все задачи задач дела дел есть на за по список запланировано планы надо нужно сделать срок сроком со с до к там мной ' +
    'напоминания в во открытые текущие',
  listNouns: 'задачи просроченные просрочено напоминания дела',
  listFilters: {
    overdue: 'просрочено просроченные просроченное просрочен',
    someday: 'когда-нибудь',
    reminders: 'напоминания напоминаний',
    done: 'сделано выполнено выполненные завершенные',
  },
};
