/** Russian expressions of several words, misspellings, and words by what they do to the date words beside them. */
import type { Words } from './lexeme.ts';

export const ruContext: Pick<
  Words,
  | 'phrases'
  | 'idioms'
  | 'misspelt'
  | 'notTypos'
  | 'verbs'
  | 'followers'
  | 'measures'
  | 'streets'
  | 'naming'
  | 'owning'
  | 'aiming'
  | 'articles'
  | 'taskFronts'
  | 'reminderFronts'
  | 'titleEdges'
> = {
  phrases: [
    { phrase: 'после завтра', means: [{ k: 'day', n: 2 }] },
    { phrase: 'завтрашнему дню', means: [{ k: 'day', n: 1 }] },
    { phrase: 'завтрашнего дня', means: [{ k: 'day', n: 1 }] },
    { phrase: 'с утра', means: [{ k: 'part', part: 'morning', plural: false }] },
    { phrase: 'с утречка', means: [{ k: 'part', part: 'morning', plural: false }] },
    { phrase: 'после обеда', means: [{ k: 'part', part: 'afternoon', plural: false }] },
    { phrase: 'в обед', means: [{ k: 'clock', n: 720 }] },
    { phrase: 'к обеду', means: [{ k: 'clock', n: 720 }] },
    { phrase: 'до обеда', means: [{ k: 'clock', n: 720 }] },
    { phrase: 'в полдень', means: [{ k: 'clock', n: 720 }] },
    { phrase: 'в полночь', means: [{ k: 'clock', n: 1440 }] },
    { phrase: 'до конца дня', means: [{ k: 'endOf', unit: 'day' }] },
    { phrase: 'к концу дня', means: [{ k: 'endOf', unit: 'day' }] },
    { phrase: 'в конце дня', means: [{ k: 'endOf', unit: 'day' }] },
    { phrase: 'это же время', means: [{ k: 'clock', n: -1 }] },
    { phrase: 'это время', means: [{ k: 'clock', n: -1 }] },
    { phrase: 'то же время', means: [{ k: 'clock', n: -1 }] },
    { phrase: 'это же самое время', means: [{ k: 'clock', n: -1 }] },
    { phrase: 'где - то', means: [{ k: 'role', role: 'roughly' }] },
    { phrase: 'где то', means: [{ k: 'role', role: 'roughly' }] },
    { phrase: 'полтора часа', means: [{ k: 'span', minutes: 90 }] },
    { phrase: 'пол часа', means: [{ k: 'span', minutes: 30 }] },
    { phrase: 'полгода', means: [{ k: 'span', minutes: 0, months: 6 }] },
    { phrase: 'полтора года', means: [{ k: 'span', minutes: 0, months: 18 }] },
    { phrase: 'четверть часа', means: [{ k: 'span', minutes: 15 }] },
    { phrase: 'рабочий день', means: [{ k: 'unit', unit: 'workday' }] },
    { phrase: 'рабочего дня', means: [{ k: 'unit', unit: 'workday' }] },
    { phrase: 'рабочих дня', means: [{ k: 'unit', unit: 'workday' }] },
    { phrase: 'рабочих дней', means: [{ k: 'unit', unit: 'workday' }] },
    { phrase: 'рабочим дням', means: [{ k: 'unit', unit: 'workday' }] },
    { phrase: 'будний день', means: [{ k: 'unit', unit: 'workday' }] },
    { phrase: 'будним дням', means: [{ k: 'unit', unit: 'workday' }] },
    { phrase: 'пару', means: [{ k: 'number', n: 2 }] },
    { phrase: 'двадцать первого', means: [{ k: 'ordinal', n: 21 }] },
    { phrase: 'двадцать второго', means: [{ k: 'ordinal', n: 22 }] },
    { phrase: 'двадцать третьего', means: [{ k: 'ordinal', n: 23 }] },
    { phrase: 'двадцать четвертого', means: [{ k: 'ordinal', n: 24 }] },
    { phrase: 'двадцать пятого', means: [{ k: 'ordinal', n: 25 }] },
    { phrase: 'двадцать шестого', means: [{ k: 'ordinal', n: 26 }] },
    { phrase: 'двадцать седьмого', means: [{ k: 'ordinal', n: 27 }] },
    { phrase: 'двадцать восьмого', means: [{ k: 'ordinal', n: 28 }] },
    { phrase: 'двадцать девятого', means: [{ k: 'ordinal', n: 29 }] },
    { phrase: 'тридцать первого', means: [{ k: 'ordinal', n: 31 }] },
    { phrase: 'двадцати пяти', means: [{ k: 'number', n: 25 }] },
    { phrase: 'двадцать пять', means: [{ k: 'number', n: 25 }] },
    { phrase: 'сорок пять', means: [{ k: 'number', n: 45 }] },
    { phrase: 'не позднее', means: [{ k: 'role', role: 'by' }] },
    { phrase: 'не позже', means: [{ k: 'role', role: 'by' }] },
    { phrase: 'через каждые', means: [{ k: 'role', role: 'every' }] },
    { phrase: 'через каждый', means: [{ k: 'role', role: 'every' }] },
    { phrase: 'через каждую', means: [{ k: 'role', role: 'every' }] },
    { phrase: 'начиная с', means: [{ k: 'role', role: 'starting' }] },
    { phrase: 'в течение', means: [{ k: 'role', role: 'within' }] },
    { phrase: 'после выполнения', means: [{ k: 'role', role: 'finish' }] },
    { phrase: 'после завершения', means: [{ k: 'role', role: 'finish' }] },
    { phrase: 'после того как закончу', means: [{ k: 'role', role: 'finish' }] },
    { phrase: 'после того как сделаю', means: [{ k: 'role', role: 'finish' }] },
    { phrase: 'после того , как закончу', means: [{ k: 'role', role: 'finish' }] },
    { phrase: 'после того , как сделаю', means: [{ k: 'role', role: 'finish' }] },
    { phrase: 'как закончу', means: [{ k: 'role', role: 'finish' }] },
  ],
  idioms:
    'день за днем|изо дня в день|день ото дня|из года в год|год за годом|час от часу|с минуты на минуту|доброе утро|добрый день|добрый вечер|доброй ночи|' +
    'спокойной ночи|время от времени|раз и навсегда|каждый раз|не сегодня завтра|не сегодня - завтра|час пик|на днях|по сей день|до сего дня|в один прекрасный день|' +
    'вчерашний день|с первого раза|в последний момент|в последнюю минуту|утро вечера мудренее|понедельник начинается в субботу',
  misspelt: {
    завтро: 'завтра',
    зватра: 'завтра',
    завтар: 'завтра',
    севодня: 'сегодня',
    сегодя: 'сегодня',
    сегоня: 'сегодня',
    посленедельник: 'понедельник',
    понидельник: 'понедельник',
    понедельнек: 'понедельник',
    пятнецу: 'пятницу',
    пятницк: 'пятницу',
    суботу: 'субботу',
    субота: 'суббота',
    воскресене: 'воскресенье',
    четверк: 'четверг',
    вторнек: 'вторник',
  },
  notTypos: 'марка марку парта карта среднее средний четверо пятница',
  verbs:
    'позвонить купить отправить оплатить написать прочитать закончить подготовить забронировать встретить встретиться проверить убрать починить ' +
    'сдать заказать забрать взять сделать созвон встреча',
  followers:
    'и или с со по на в во к у о об от до для без из за под про чтобы что но если когда после перед не пожалуйста ровно через мне нам',
  measures:
    'процентов процента человек людей штук штуки шт страниц страницы магазинов магазина магазине рублей рубля руб евро долларов км кг г м см мм литров ' +
    'литра градусов раз раза этапов частей части шагов вещей мест точек классе класса классов квартире лет комнате номере задач пунктов',
  streets: 'улица ул улицы',
  naming:
    'улица улице улицу улицы ул проспект проспекте просп площадь площади бульвар бульваре переулок переулке набережная станция станции метро черная черную черной чистый окружающая окружающей окружающую рабочая',
  owning:
    'раздел глава главе главу страница странице страницу стр шаг шаге пункт пункте п версия версии версию дом доме квартира квартире кабинет кабинете ' +
    'комната этаж этаже серия серии сезон сезоне номер школа школе класс классе часть части статья статье рейс автобус урок упражнение размер',
  aiming: '',
  articles: '',
  taskFronts: 'и что чтобы',
  reminderFronts: 'и что чтобы о об',
  titleEdges: 'в во на к до с по и что о об чтобы',
};
