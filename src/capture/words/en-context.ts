/** English expressions of several words, misspellings, and words by what they do to the date words beside them. */
import { enCompounds } from './en-compounds.ts';
import { enFeasts } from './en-feasts.ts';
import type { ContextWords } from './lexeme.ts';

/** What goes on behind "at the end of the day" where it is no time. */
const OPINIONS = [
  "it's",
  'its',
  'it is',
  "that's",
  'he',
  'she',
  'they',
  'you',
  "you're",
  'nobody',
  'everybody',
  'what',
];

export const enContext: ContextWords = {
  phrases: [
    { phrase: 'the day after tomorrow', means: [{ k: 'day', n: 2 }] },
    { phrase: 'day after tomorrow', means: [{ k: 'day', n: 2 }] },
    { phrase: 'overmorrow', means: [{ k: 'day', n: 2 }] },
    { phrase: 'the day before yesterday', means: [{ k: 'day', n: -2 }] },
    { phrase: 'day before yesterday', means: [{ k: 'day', n: -2 }] },
    { phrase: 'end of the day', means: [{ k: 'endOf', unit: 'day' }] },
    { phrase: 'end of day', means: [{ k: 'endOf', unit: 'day' }] },
    { phrase: 'month end', means: [{ k: 'endOf', unit: 'month' }] },
    { phrase: 'month - end', means: [{ k: 'endOf', unit: 'month' }] },
    { phrase: 'quarter end', means: [{ k: 'endOf', unit: 'quarter' }] },
    { phrase: 'year end', means: [{ k: 'endOf', unit: 'year' }] },
    { phrase: 'year - end', means: [{ k: 'endOf', unit: 'year' }] },
    { phrase: "year's end", means: [{ k: 'endOf', unit: 'year' }] },
    { phrase: "month's end", means: [{ k: 'endOf', unit: 'month' }] },
    ...[
      'close of business',
      'close of play',
      'close of day',
      'end of business',
      'end of play',
      'end of the working day',
      'end of the business day',
      'cob',
      'eob',
    ].map((phrase) => ({ phrase, means: [{ k: 'endOf' as const, unit: 'day' as const }] })),
    { phrase: 'this time', means: [{ k: 'clock', n: -1 }] },
    { phrase: 'same time', means: [{ k: 'clock', n: -1 }] },
    { phrase: 'this same time', means: [{ k: 'clock', n: -1 }] },
    { phrase: 'lunch time', means: [{ k: 'clock', n: 720 }] },
    { phrase: 'mid - afternoon', means: [{ k: 'part', part: 'afternoon', plural: false }] },
    { phrase: 'mid afternoon', means: [{ k: 'part', part: 'afternoon', plural: false }] },
    { phrase: 'as of', means: [{ k: 'role', role: 'starting' }] },
    { phrase: 'as from', means: [{ k: 'role', role: 'starting' }] },
    { phrase: 'o clock', means: [{ k: 'role', role: 'oclock' }] },
    { phrase: 'all of', means: [{ k: 'role', role: 'in' }] },
    { phrase: 'all day', means: [{ k: 'role', role: 'vague' }] },
    { phrase: 'on the dot', means: [{ k: 'role', role: 'oclock' }] },
    { phrase: 'on the dot of', means: [{ k: 'role', role: 'at' }] },
    { phrase: 'some time', means: [{ k: 'role', role: 'vague' }] },
    { phrase: 'at some point', means: [{ k: 'role', role: 'vague' }] },
    { phrase: 'at some time', means: [{ k: 'role', role: 'vague' }] },
    { phrase: 'last thing', means: [{ k: 'role', role: 'vague' }] },
    { phrase: 'at the latest', means: [{ k: 'role', role: 'vague' }] },
    { phrase: 'or so', means: [{ k: 'role', role: 'vague' }] },
    { phrase: 'or thereabouts', means: [{ k: 'role', role: 'vague' }] },
    { phrase: 'week commencing', means: [{ k: 'role', role: 'weekOf' }] },
    { phrase: 'week beginning', means: [{ k: 'role', role: 'weekOf' }] },
    { phrase: 'week starting', means: [{ k: 'role', role: 'weekOf' }] },
    { phrase: 'b / w', means: [{ k: 'role', role: 'between' }] },
    { phrase: 'w / c', means: [{ k: 'role', role: 'weekOf' }] },
    { phrase: 'towards the end of', means: [{ k: 'role', role: 'late' }] },
    { phrase: 'toward the end of', means: [{ k: 'role', role: 'late' }] },
    { phrase: 'near the end of', means: [{ k: 'role', role: 'late' }] },
    { phrase: 'second to last', means: [{ k: 'role', role: 'penultimate' }] },
    { phrase: 'second - to - last', means: [{ k: 'role', role: 'penultimate' }] },
    { phrase: 'second last', means: [{ k: 'role', role: 'penultimate' }] },
    { phrase: 'next to last', means: [{ k: 'role', role: 'penultimate' }] },
    { phrase: 'last but one', means: [{ k: 'role', role: 'penultimate' }] },
    { phrase: "a day's time", means: [{ k: 'span', minutes: 1440 }] },
    { phrase: "a week's time", means: [{ k: 'span', minutes: 10080 }] },
    { phrase: "an hour's time", means: [{ k: 'span', minutes: 60 }] },
    { phrase: "one hour's time", means: [{ k: 'span', minutes: 60 }] },
    { phrase: "half an hour's time", means: [{ k: 'span', minutes: 30 }] },
    { phrase: "one day's time", means: [{ k: 'span', minutes: 1440 }] },
    { phrase: "one week's time", means: [{ k: 'span', minutes: 10080 }] },
    { phrase: "one month's time", means: [{ k: 'span', minutes: 0, months: 1 }] },
    { phrase: "one year's time", means: [{ k: 'span', minutes: 0, months: 12 }] },
    { phrase: "a fortnight's time", means: [{ k: 'span', minutes: 20160 }] },
    { phrase: "a month's time", means: [{ k: 'span', minutes: 0, months: 1 }] },
    { phrase: "a year's time", means: [{ k: 'span', minutes: 0, months: 12 }] },
    { phrase: 'b 4', means: [{ k: 'role', role: 'before' }] },
    { phrase: 'half a year', means: [{ k: 'span', minutes: 0, months: 6 }] },
    { phrase: 'half year', means: [{ k: 'span', minutes: 0, months: 6 }] },
    ...['hour', 'hr'].flatMap((hour) =>
      Object.entries({
        [`half an ${hour}`]: 30,
        [`half ${hour}`]: 30,
        [`a half ${hour}`]: 30,
        [`an ${hour} and a half`]: 90,
        [`a quarter of an ${hour}`]: 15,
        [`quarter of an ${hour}`]: 15,
        [`three quarters of an ${hour}`]: 45,
      }).map(([phrase, minutes]) => ({ phrase, means: [{ k: 'span' as const, minutes }] })),
    ),
    { phrase: 'fortnight', means: [{ k: 'span', minutes: 20160 }] },
    { phrase: 'a fortnight', means: [{ k: 'span', minutes: 20160 }] },
    { phrase: 'a couple of', means: [{ k: 'number', n: 2 }] },
    { phrase: 'couple of', means: [{ k: 'number', n: 2 }] },
    { phrase: 'a couple', means: [{ k: 'number', n: 2 }] },
    { phrase: 'working day', means: [{ k: 'unit', unit: 'workday' }] },
    { phrase: 'working days', means: [{ k: 'unit', unit: 'workday' }] },
    { phrase: 'work day', means: [{ k: 'unit', unit: 'workday' }] },
    { phrase: 'business day', means: [{ k: 'unit', unit: 'workday' }] },
    { phrase: 'business days', means: [{ k: 'unit', unit: 'workday' }] },
    { phrase: 'week day', means: [{ k: 'unit', unit: 'workday' }] },
    { phrase: 'no later than', means: [{ k: 'role', role: 'by' }] },
    { phrase: 'not later than', means: [{ k: 'role', role: 'by' }] },
    { phrase: 'due by', means: [{ k: 'role', role: 'by' }] },
    { phrase: 'due on', means: [{ k: 'role', role: 'by' }] },
    { phrase: 'due in', means: [{ k: 'role', role: 'hence' }] },
    { phrase: 'due at', means: [{ k: 'role', role: 'at' }] },
    { phrase: 'up to', means: [{ k: 'role', role: 'until' }] },
    { phrase: 'starting from', means: [{ k: 'role', role: 'starting' }] },
    { phrase: 'starting on', means: [{ k: 'role', role: 'starting' }] },
    { phrase: 'every single', means: [{ k: 'role', role: 'every' }] },
    { phrase: 'other than', means: [{ k: 'role', role: 'except' }] },
    { phrase: 'but not', means: [{ k: 'role', role: 'except' }] },
    { phrase: 'except for', means: [{ k: 'role', role: 'except' }] },
    { phrase: 'except on', means: [{ k: 'role', role: 'except' }] },
    { phrase: 'apart from', means: [{ k: 'role', role: 'except' }] },
    { phrase: 'aside from', means: [{ k: 'role', role: 'except' }] },
    { phrase: 'with the exception of', means: [{ k: 'role', role: 'except' }] },
    { phrase: 'first thing', means: [{ k: 'part', part: 'morning', plural: false }] },
    ...enFeasts,
    ...enCompounds,
  ],
  idioms:
    OPINIONS.map((said) => `at the end of the day ${said}|at the end of the day , ${said}|`).join('') +
    'built in a day|by day|by night|7 eleven|7 - eleven|day in day out|day in , day out|day after day|week after week|month after month|year after year|week in week out|year in year out|time after time|' +
    'day and night|night and day|now and then|every now and then|every now and again|every so often|every once in a while|once in a while|once upon a time|' +
    'christmas in july|high noon|midnight mass|midnight oil|midnight snack|midnight blue|tomorrow never dies|28 days later|never on a sunday|month of sundays|every day carry|9 3 / 4|once in a blue moon|' +
    'good morning|good afternoon|good evening|good night|happy hour|rush hour|eleventh hour|the other day|one day at a time|back in the day|from day one|' +
    'day one|rainy day|all in a day|year on year|year over year|month on month|month over month|week on week|week over week|quarter over quarter|' +
    "year to date|month to date|from time to time|time to time|some other time|any other day|nine to five|9 to 5 job|five o'clock shadow|" +
    'tonight show|today show|saturday night fever|saturday night live|friday night lights|monday night football|thursday night football|may the fourth be with you|today programme|at once|monday morning quarterback|yesterday by|' +
    'sunday night football|tuesdays with morrie|sat phone|sat nav|second to none|second hand|second nature|second best|at the last minute|last minute',
  misspelt: {
    wensday: 'wednesday',
    wendesday: 'wednesday',
    wendsday: 'wednesday',
    wenesday: 'wednesday',
    wednsday: 'wednesday',
    wedensday: 'wednesday',
    thrusday: 'thursday',
    tommorow: 'tomorrow',
    tommorrow: 'tomorrow',
    tomorrrow: 'tomorrow',
    tomarrow: 'tomorrow',
    tommorw: 'tomorrow',
    tomoro: 'tomorrow',
    tomorro: 'tomorrow',
    tomrrow: 'tomorrow',
    tomorrw: 'tomorrow',
    tomorow: 'tomorrow',
    tmorrow: 'tomorrow',
    tommorrrow: 'tomorrow',
    tommorro: 'tomorrow',
    afternon: 'afternoon',
    aftenoon: 'afternoon',
    afternooon: 'afternoon',
    todya: 'today',
    tonigt: 'tonight',
    tonihgt: 'tonight',
    febuary: 'february',
    feburary: 'february',
    weekedn: 'weekend',
    evry: 'every',
    evey: 'every',
    evrey: 'every',
    everey: 'every',
  },
  notTypos: 'sundae sundry march match monkey mayday someday midday payday birthday',
  verbs:
    'call buy send pay write read finish prepare book meet check clean fix update submit schedule pick drop take get make go do start ask tell give ' +
    'bring cancel renew feed wash print invite reply answer discuss deliver deploy merge publish learn swim stretch pack unpack find collect fetch ' +
    'organise organize sort arrange confirm remind follow install upload download delete remove add create build edit replace repair paint weigh ' +
    'refill apply register enrol enroll donate withdraw reschedule attend join bake mow rake vacuum hoover sweep tidy see visit phone water return email ring ' +
    'review hire renovate decorate declutter sell transfer cook study iron wrap unwrap refund recycle research revise select choose decide settle ' +
    'watch rewatch stream upgrade configure migrate translate prune harvest sow dig sew knit glue hang assemble dismantle mop scrub wipe rinse defrost grill chop complete compare ' +
    'feed listen talk speak chase notify discuss retire unsubscribe subscribe block unblock restart reboot deploy refactor debug rewrite rename archive varnish',
  followers:
    'to for with in on at and or about by from then but because if when before after as via near until till re so the my our his her their your ' +
    "i i'm im i've i'll i'd we we're we'll we've you you're you'll he he's she she's they they're it's there's that's " +
    'this next that please pls sharp latest max and/or regarding without instead',
  measures:
    'inch inches wrench spanner socket drill bolt bolts screw screws plywood ratchet hose pipe tubing dowel dowels rebar cup tsp tbsp teaspoon teaspoons tablespoon tablespoons ' +
    'per percent feet ft foot people persons guests items pieces pcs pages chapters questions points km kilometers kilometres miles meters metres m cm mm kg g lb ' +
    'lbs pounds dollars bucks euros eur usd gbp cents stars star degrees times things places stores shops options steps parts cups grams litres liters ' +
    'ml l gb mb kb tb street st avenue ave road rd lane downing hours minutes days weeks months years hour minute reps sets laps rooms tickets ' +
    'different more other levels files copies rows kids mph kmh volts watts',
  streets: 'street st avenue ave road rd lane drive crescent square terrace boulevard',
  waking: 'wake waking alarm breakfast sunrise dawn',
  dining: 'dinner supper bedtime concert gig',
  holidays: "christmas xmas halloween easter thanksgiving hanukkah diwali valentine's valentines nye year year's years",
  naming:
    'black blue good cyber easter ash palm fat super bloody ruby big manic freaky giving holy maundy shrove casual girl man tgi taco throwback since spy pancake meatless mr mrs ms',
  owning:
    'task section sections chapter chapters page pages step steps box boxes version versions v room rooms floor gate platform level part parts ' +
    'season episode ep act scene item items figure fig table row line bus flight route highway hwy apartment apt suite number nr no windows ios ' +
    'android python node java php ruby postgres postgresql debian ubuntu size track volume vol issue ticket question article rule grade class ' +
    'romans genesis exodus psalms corinthians hebrews ephesians team top option phase sprint level lesson unit exercise score odds scale ratio verse psalm won lost beat drew channel ch mark born died since of ' +
    'bug terminal flat lane sheet building district radio bbc exit junction motel wifi equation area lap seat column round game stage zone block tier studio pier pod locker slot player sector aged ages age',
  aiming:
    'went gone grew rose raised dropped fell increased decreased reduced ranging counted counting ages look looking looked looks laugh aim stare glance priced valued rated capped set sold shoot lost won divide divided multiply multiplied short',
  papers:
    'email emails mail mails letter letters message messages invoice invoices bill bills receipt receipts notes minutes statement statements voicemail voicemails ' +
    'recording recordings transcript transcripts photos pictures leftovers homework feedback slides results logs changes comments questions tickets',
  articles: 'the a an my our your his her their this these',
  taskFronts: 'later sometime to and that is due',
  reminderFronts: 'again later sometime to and that is due about of for',
  titleEdges: 'later sometime to at on in by and for the of that about due from is',
  phrasals:
    'check-in sleep-in log-in sign-in hand-in turn-in move-in drop-in phone-in call-in ring-in lie-in stay-in eat-in tune-in settle-in fill-in cave-in clock-in dial-in ' +
    'send-in bring-in let-in get-in come-in join-in opt-in plug-in sit-in chip-in pay-in cash-in write-in put-on try-on turn-on switch-on log-on sign-on carry-on move-on ' +
    'get-on hold-on add-on clock-on follow-on drop-by stop-by pass-by swing-by pop-by come-by go-by tag-on',
  separable:
    'turn-on switch-on put-on try-on hand-in turn-in send-in bring-in let-in fill-in plug-in put-in take-in call-in phone-in write-in cash-in pass-on put-by',
  books:
    'john luke matthew mark acts job james peter ruth daniel joshua samuel isaiah jeremiah exodus leviticus deuteronomy proverbs ecclesiastes galatians colossians timothy titus revelation kings judges',
  abbreviations: 'mr mrs ms dr prof',
  greetings: 'hey hi hello ok okay so um uh uhm umm erm er hmm well please pls alright yo steward also and oh',
};
