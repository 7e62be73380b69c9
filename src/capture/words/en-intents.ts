/** English words of what the owner wants done: openings, lists, priorities, small talk. */
import type { Words } from './lexeme.ts';

const AS_DONE = 'as done|as complete|as completed|as finished|done|complete|completed|finished';

export const enIntents: Pick<
  Words,
  | 'smallTalk'
  | 'undoFillers'
  | 'priorities'
  | 'openings'
  | 'aheadOpeners'
  | 'aheadLeads'
  | 'aheadTo'
  | 'aheadEnds'
  | 'priorityNouns'
  | 'priorityLabels'
  | 'atOnce'
  | 'listOpeners'
  | 'listFillers'
  | 'listNouns'
  | 'listFilters'
> = {
  smallTalk:
    'hello|hi|hey|hiya|yo|hello there|hi there|hey there|good morning|morning|good afternoon|good evening|good night|goodnight|gn|night|night night|how are you|how are you doing|' +
    'thanks|thank you|thx|ty|cheers|thanks a lot|many thanks|thank you very much|thank you so much|thanks so much|ok thanks|great thanks|ok|okay|k|kk|' +
    'okay thanks|ok cool|cool|great|nice|perfect|awesome|brilliant|lovely|good|fine|sure|yes|yep|yeah|no|nope|nah|got it|understood|will do|sounds good|' +
    'all good|no worries|no thanks|no thank you|not now|not yet|okey|okey dokey|alright|all right|thanks steward|thank you steward|hey steward|hi steward|hello steward|hey bot|no problem|np|lol|haha|hahaha|bye|goodbye|bye bye|see you|see you later|see you tomorrow|see you soon|see ya|talk soon|talk later|talk tomorrow|ttyl|merry christmas|happy new year|sorry|oops|please|cancel|cancel that|stop|' +
    'never mind|nevermind|nvm|forget it|you there|are you there|what s up|sup|wow|hmm|good job|well done|nice one|love you|welcome|you re welcome',
  priorities: {
    low: 'low l 4',
    medium: 'medium med normal m 3',
    high: 'high hi h 2',
    critical: 'critical crit c',
    urgent: 'urgent u 1',
  },
  priorityNouns: 'priority',
  priorityLabels: { high: 'important', critical: 'critical', urgent: 'urgent' },
  atOnce: 'asap',
  openings: [
    { phrase: 'please|kindly? remind me|us', intent: 'remind', needs: 'any' },
    {
      phrase: 'can|could|would|will you|u please|pls|kindly? remind me|us',
      intent: 'remind',
      needs: 'any',
      asks: true,
    },
    { phrase: 'set|create|add|make|new a? new? reminder', intent: 'remind', needs: 'any' },
    { phrase: 'please? give|send me a? reminder', intent: 'remind', needs: 'any' },
    { phrase: 'i need|want a reminder', intent: 'remind', needs: 'any' },
    { phrase: 'reminder', intent: 'remind', needs: 'datefirst' },
    { phrase: "please? don't|dont forget to remind me|us", intent: 'remind', needs: 'any' },
    { phrase: 'i want|need you to remind me|us', intent: 'remind', needs: 'any' },
    { phrase: 'reminder :|to|for|about', intent: 'remind', needs: 'words' },
    { phrase: 'please? ping|nudge|alert|notify|buzz|poke me', intent: 'remind', needs: 'any' },
    { phrase: "don't|dont let me forget", intent: 'remind', needs: 'words' },
    { phrase: 'done with', intent: 'done', needs: 'words' },
    { phrase: 'done :?', intent: 'done', needs: 'any', unless: 'deal deals' },
    { phrase: 'set #', intent: 'done', needs: 'any', ends: AS_DONE },
    { phrase: 'mark #?', intent: 'done', needs: 'any', ends: AS_DONE },
    { phrase: "i'm|im done with", intent: 'done', needs: 'words' },
    { phrase: 'i am done with', intent: 'done', needs: 'words' },
    { phrase: 'i? have|just|finally? finished|completed', intent: 'done', needs: 'any' },
    { phrase: "i've? finished|completed", intent: 'done', needs: 'any' },
    { phrase: "i've|ive done", intent: 'done', needs: 'words' },
    { phrase: 'i? finished|completed', intent: 'done', needs: 'any' },
    { phrase: "i'm|im? finished with", intent: 'done', needs: 'words' },
    { phrase: 'finish|complete|close|tick|check|mark off? #', intent: 'done', needs: 'any' },
    { phrase: 'check|tick|cross off', intent: 'done', needs: 'words' },
    { phrase: 'close the|my? task|todo|reminder', intent: 'done', needs: 'words' },
    { phrase: '# is? done|finished|complete|completed', intent: 'done', needs: 'end' },
    {
      phrase: 'the|my',
      intent: 'done',
      needs: 'words',
      ends: 'is done|is finished|is complete|is completed|are done|are finished',
    },
    { phrase: 'reopen|re-open', intent: 'reopen', needs: 'any' },
    { phrase: 'open # again', intent: 'reopen', needs: 'end' },
    { phrase: 'undone #', intent: 'reopen', needs: 'end' },
    {
      phrase: 'mark|set #?',
      intent: 'reopen',
      needs: 'any',
      ends: 'as not done|not done|as undone|undone|as open|as todo|as not finished',
    },
    { phrase: 'uncomplete|undone|un-complete task?', intent: 'reopen', needs: 'words' },
    { phrase: '# is not done|finished|complete|completed', intent: 'reopen', needs: 'end' },
    { phrase: "# isn't done|finished|complete|completed", intent: 'reopen', needs: 'end' },
    { phrase: 'snooze', intent: 'snooze', needs: 'any' },
    { phrase: 'change|set|bump|bring|put #', intent: 'move', needs: 'date' },
    { phrase: 'change|set|move|push|update the? due? date|deadline|time of|for|on #', intent: 'move', needs: 'date' },
    { phrase: 'change|move|push|update the? due? date|deadline|time of|for', intent: 'move', needs: 'dated' },
    { phrase: 'move|reschedule|postpone|prepone|push|shift|delay|defer #', intent: 'move', needs: 'any' },
    { phrase: 'move', intent: 'move', needs: 'date', unless: 'house home' },
    { phrase: 'push', intent: 'move', needs: 'date', unless: 'ups up-ups' },
    { phrase: 'postpone|prepone|delay|defer', intent: 'move', needs: 'date' },
    { phrase: 'bring|pull|move forward', intent: 'move', needs: 'date' },
    { phrase: 'bring|pull', intent: 'move', needs: 'forward' },
    // "shift mon 22:00-06:00" is one at work.
    {
      phrase: 'shift',
      intent: 'move',
      needs: 'dated',
      unless: 'starts start ends end finishes begins swap handover cover is at from pattern rota change with',
    },
    { phrase: 'reschedule', intent: 'move', needs: 'any' },
    { phrase: 'delete', intent: 'delete', needs: 'any' },
    { phrase: 'remove|cancel|drop #', intent: 'delete', needs: 'any' },
    { phrase: 'delete|remove|cancel the|my?', intent: 'delete', needs: 'words', ends: 'task|reminder|todo' },
    { phrase: 'delete|remove|cancel the|my? task|reminder|todo', intent: 'delete', needs: 'words' },
    { phrase: 'note :', intent: 'note', needs: 'words' },
    { phrase: 'take|make a? note :|that', intent: 'note', needs: 'words' },
    { phrase: 'note that', intent: 'note', needs: 'words' },
    { phrase: 'note to self|myself :?', intent: 'note', needs: 'words' },
    { phrase: 'note #', intent: 'note', needs: 'any' },
    { phrase: 'add a? note|comment to|on|for|:', intent: 'note', needs: 'words' },
    { phrase: 'note|comment to|on', intent: 'note', needs: 'words' },
    { phrase: 'search|search for|:', intent: 'search', needs: 'words' },
    { phrase: 'search', intent: 'search', needs: 'words', unless: 'engine engines party parties warrant bar' },
    {
      phrase: 'find my|the|all? task|tasks|todo|todos|note|notes|reminder|reminders with|about|for|on?',
      intent: 'search',
      needs: 'words',
    },
    { phrase: 'undo', intent: 'undo', needs: 'counted' },
    { phrase: 'undo done|complete|completion #', intent: 'reopen', needs: 'end' },
    { phrase: 'help me? please?', intent: 'help', needs: 'end' },
    { phrase: 'can|could you help me? please?', intent: 'help', needs: 'end' },
    { phrase: 'how does this work', intent: 'help', needs: 'end' },
    { phrase: 'what can i say|do|ask', intent: 'help', needs: 'end' },
    { phrase: 'what can you do', intent: 'help', needs: 'end' },
    { phrase: 'i? log|logged|track|tracked|spent|worked', intent: 'log', needs: 'duration' },
    { phrase: 'task|todo :', intent: 'add', needs: 'words' },
    { phrase: 'todo', intent: 'add', needs: 'verb' },
    { phrase: 'to do :', intent: 'add', needs: 'words' },
    { phrase: 'please? add a|new? task|todo', intent: 'add', needs: 'words', unless: 'list lists' },
    { phrase: 'please? add to my|the? list|todos|tasks :', intent: 'add', needs: 'words' },
    { phrase: 'please? add|create|make|new a|new? task|todo :|to|called', intent: 'add', needs: 'words' },
    { phrase: 'start', intent: 'timer_start', needs: 'words', ends: 'timer' },
    { phrase: 'stop', intent: 'timer_stop', needs: 'words', ends: 'timer' },
    { phrase: 'did', intent: 'tick', needs: 'words', unless: 'you he she they we it i anyone someone everyone' },
    { phrase: 'i did', intent: 'tick', needs: 'words' },
    { phrase: 'tick', intent: 'tick', needs: 'words', unless: 'box boxes off the' },
    { phrase: 'start|begin a|the|my? timer on|for?', intent: 'timer_start', needs: 'any' },
    { phrase: 'timer start|on', intent: 'timer_start', needs: 'any' },
    { phrase: 'stop|end|pause a|the|my? timer', intent: 'timer_stop', needs: 'any' },
    { phrase: 'timer stop|off', intent: 'timer_stop', needs: 'any' },
  ],
  aheadOpeners:
    'with a reminder|with reminder|reminder|a reminder|notify me|alert me|ping me|warn me|give me a heads up|heads up|remind me about it|remind me of it',
  aheadLeads: '',
  aheadTo: 'before',
  aheadEnds:
    'before|beforehand|before it|before that|before then|before this|before it starts|before the start|before start|before it is due|before due|' +
    'in advance|earlier|ahead|ahead of time|prior|early',
  listOpeners: "show list what's whats what display view which see give anything any how",
  listFillers:
    "what's whats what plate else anything any upcoming todo " +
    'me my all the is are do i have to for on due task tasks todo todos item items list up of please any there got get was left still things ' +
    'reminder reminders scheduled planned happening in by open coming 1 need needs doing should am everything agenda schedule many else we us our pending outstanding',
  listNouns: 'tasks todos overdue reminders',
  undoFillers:
    'that this it the my last latest previous change changes action actions step steps thing things edit edits move please again',
  listFilters: {
    overdue: 'overdue late missed',
    someday: 'someday undated unscheduled',
    reminders: 'reminders reminder',
    done: 'done completed finished',
  },
};
