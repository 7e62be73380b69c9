/** Big cities by the names people type, with the zone each keeps: "Name/Other name latitude longitude", degrees. */

export const CITIES: Readonly<Record<string, string>> = {
  'Europe/Moscow':
    'Moscow/Москва/Мск/MSK 55.8 37.6; Saint Petersburg/St Petersburg/Petersburg/Санкт-Петербург/Петербург/Питер/Спб 59.9 30.3; Nizhny Novgorod/Нижний Новгород/Нижний 56.3 44; Kazan/Казань 55.8 49.1; Rostov-on-Don/Rostov/Ростов-на-Дону/Ростов 47.2 39.7; Voronezh/Воронеж 51.7 39.2; Krasnodar/Краснодар 45 39; Sochi/Сочи 43.6 39.7; Yaroslavl/Ярославль 57.6 39.9; Tula/Тула 54.2 37.6; Ryazan/Рязань 54.6 39.7; Tver/Тверь 56.9 35.9; Smolensk/Смоленск 54.8 32; Bryansk/Брянск 53.2 34.4; Belgorod/Белгород 50.6 36.6; Kursk/Курск 51.7 36.2; Lipetsk/Липецк 52.6 39.6; Penza/Пенза 53.2 45; Murmansk/Мурманск 69 33.1; Arkhangelsk/Архангельск 64.5 40.5; Vologda/Вологда 59.2 39.9; Petrozavodsk/Петрозаводск 61.8 34.3; Stavropol/Ставрополь 45 42; Makhachkala/Махачкала 43 47.5; Cheboksary/Чебоксары 56.1 47.2; Kaluga/Калуга 54.5 36.3; Ivanovo/Иваново 57 41; Vladimir/Владимир 56.1 40.4; Syktyvkar/Сыктывкар 61.7 50.8; Naberezhnye Chelny/Набережные Челны 55.7 52.4',
  'Europe/Kaliningrad': 'Kaliningrad/Калининград 54.7 20.5',
  'Europe/Samara': 'Samara/Самара 53.2 50.1; Tolyatti/Тольятти 53.5 49.4; Izhevsk/Ижевск 56.9 53.2',
  'Europe/Volgograd': 'Volgograd/Волгоград 48.7 44.5',
  'Europe/Saratov': 'Saratov/Саратов 51.5 46',
  'Europe/Ulyanovsk': 'Ulyanovsk/Ульяновск 54.3 48.4',
  'Europe/Astrakhan': 'Astrakhan/Астрахань 46.3 48',
  'Europe/Kirov': 'Kirov/Киров 58.6 49.7',
  'Asia/Yekaterinburg':
    'Yekaterinburg/Ekaterinburg/Екатеринбург/Екб 56.8 60.6; Chelyabinsk/Челябинск 55.2 61.4; Ufa/Уфа 54.7 56; Perm/Пермь 58 56.2; Tyumen/Тюмень 57.2 65.5; Orenburg/Оренбург 51.8 55.1; Surgut/Сургут 61.3 73.4; Magnitogorsk/Магнитогорск 53.4 59; Kurgan/Курган 55.4 65.3',
  'Asia/Omsk': 'Omsk/Омск 55 73.4',
  'Asia/Novosibirsk': 'Novosibirsk/Новосибирск/Нск 55 82.9',
  'Asia/Tomsk': 'Tomsk/Томск 56.5 85',
  'Asia/Barnaul': 'Barnaul/Барнаул 53.3 83.8',
  'Asia/Novokuznetsk': 'Kemerovo/Кемерово 55.4 86.1; Novokuznetsk/Новокузнецк 53.8 87.1',
  'Asia/Krasnoyarsk': 'Krasnoyarsk/Красноярск 56 92.9; Norilsk/Норильск 69.3 88.2; Abakan/Абакан 53.7 91.4',
  'Asia/Irkutsk': 'Irkutsk/Иркутск 52.3 104.3; Ulan-Ude/Улан-Удэ 51.8 107.6; Bratsk/Братск 56.2 101.6',
  'Asia/Chita': 'Chita/Чита 52 113.5',
  'Asia/Yakutsk': 'Yakutsk/Якутск 62 129.7; Blagoveshchensk/Благовещенск 50.3 127.5',
  'Asia/Vladivostok': 'Vladivostok/Владивосток 43.1 131.9; Khabarovsk/Хабаровск 48.5 135.1',
  'Asia/Sakhalin': 'Yuzhno-Sakhalinsk/Южно-Сахалинск/Сахалин 47 142.7',
  'Asia/Magadan': 'Magadan/Магадан 59.6 150.8',
  'Asia/Kamchatka': 'Petropavlovsk-Kamchatsky/Петропавловск-Камчатский/Камчатка 53 158.7',
  'Europe/Kyiv':
    'Kyiv/Kiev/Киев/Київ 50.5 30.5; Kharkiv/Kharkov/Харьков/Харків 50 36.2; Odesa/Odessa/Одесса/Одеса 46.5 30.7; Dnipro/Днепр/Дніпро 48.5 35; Lviv/Львов/Львів 49.8 24; Zaporizhzhia/Запорожье 47.8 35.2',
  'Europe/Minsk': 'Minsk/Минск 53.9 27.6; Gomel/Гомель 52.4 31; Brest/Брест 52.1 23.7; Grodno/Гродно 53.7 23.8',
  'Europe/Chisinau': 'Chisinau/Кишинёв 47 28.9',
  'Asia/Almaty':
    'Almaty/Алматы/Алма-Ата 43.2 76.9; Astana/Nur-Sultan/Астана/Нур-Султан 51.2 71.4; Shymkent/Шымкент 42.3 69.6; Karaganda/Караганда 49.8 73.1',
  'Asia/Tashkent': 'Tashkent/Ташкент 41.3 69.3',
  'Asia/Samarkand': 'Samarkand/Самарканд 39.7 67',
  'Asia/Bishkek': 'Bishkek/Бишкек 42.9 74.6',
  'Asia/Dushanbe': 'Dushanbe/Душанбе 38.6 68.8',
  'Asia/Ashgabat': 'Ashgabat/Ашхабад 38 58.4',
  'Asia/Tbilisi': 'Tbilisi/Тбилиси 41.7 44.8; Batumi/Батуми 41.6 41.6',
  'Asia/Yerevan': 'Yerevan/Ереван 40.2 44.5',
  'Asia/Baku': 'Baku/Баку 40.4 49.9',
  'Europe/Riga': 'Riga/Рига 56.9 24.1',
  'Europe/Vilnius': 'Vilnius/Вильнюс 54.7 25.3; Kaunas/Каунас 54.9 23.9',
  'Europe/Tallinn': 'Tallinn/Таллин/Таллинн 59.4 24.8',
  'Europe/London':
    'London/Лондон 51.5 -0.1; Manchester/Манчестер 53.5 -2.2; Birmingham/Бирмингем 52.5 -1.9; Edinburgh/Эдинбург 56 -3.2; Glasgow/Глазго 55.9 -4.3; Liverpool/Ливерпуль 53.4 -3; Leeds/Лидс 53.8 -1.5; Bristol/Бристоль 51.5 -2.6; Cardiff/Кардифф 51.5 -3.2; Belfast/Белфаст 54.6 -5.9; Newcastle/Ньюкасл 55 -1.6',
  'Europe/Dublin': 'Dublin/Дублин 53.3 -6.3; Cork/Корк 51.9 -8.5; Galway/Голуэй 53.3 -9.1',
  'Europe/Lisbon': 'Lisbon/Лиссабон 38.7 -9.1; Porto/Порту 41.2 -8.6',
  'Europe/Madrid':
    'Madrid/Мадрид 40.4 -3.7; Barcelona/Барселона 41.4 2.2; Valencia/Валенсия 39.5 -0.4; Seville/Sevilla/Севилья 37.4 -6; Malaga/Малага 36.7 -4.4; Bilbao/Бильбао 43.3 -2.9; Vigo/Виго 42.2 -8.7',
  'Europe/Paris':
    'Paris/Париж 48.9 2.3; Marseille/Марсель 43.3 5.4; Lyon/Лион 45.8 4.8; Nice/Ницца 43.7 7.3; Toulouse/Тулуза 43.6 1.4; Bordeaux/Бордо 44.8 -0.6; Lille/Лилль 50.6 3.1; Strasbourg/Страсбург 48.6 7.7; Nantes/Нант 47.2 -1.6; Brest (France) 48.4 -4.5',
  'Europe/Brussels': 'Brussels/Bruxelles/Брюссель 50.9 4.4; Antwerp/Антверпен 51.2 4.4',
  'Europe/Amsterdam':
    'Amsterdam/Амстердам 52.4 4.9; Rotterdam/Роттердам 51.9 4.5; The Hague/Гаага 52.1 4.3; Eindhoven/Эйндховен 51.4 5.5; Groningen/Гронинген 53.2 6.6',
  'Europe/Luxembourg': 'Luxembourg/Люксембург 49.6 6.1',
  'Europe/Berlin':
    'Berlin/Берлин 52.5 13.4; Munich/München/Мюнхен 48.1 11.6; Hamburg/Гамбург 53.6 10; Frankfurt/Франкфурт 50.1 8.7; Cologne/Köln/Кёльн 50.9 7; Stuttgart/Штутгарт 48.8 9.2; Leipzig/Лейпциг 51.3 12.4; Dresden/Дрезден 51.1 13.7; Düsseldorf/Dusseldorf/Дюссельдорф 51.2 6.8; Nuremberg/Nürnberg/Нюрнберг 49.5 11.1; Bremen/Бремен 53.1 8.8; Hannover/Hanover/Ганновер 52.4 9.7; Freiburg/Фрайбург 48 7.8; Dortmund/Дортмунд 51.5 7.5; Karlsruhe/Карлсруэ 49 8.4',
  'Europe/Zurich':
    'Zurich/Zürich/Цюрих 47.4 8.5; Geneva/Genève/Женева 46.2 6.1; Basel/Базель 47.6 7.6; Bern/Берн 46.9 7.4; Lausanne/Лозанна 46.5 6.6',
  'Europe/Vienna':
    'Vienna/Wien/Вена 48.2 16.4; Salzburg/Зальцбург 47.8 13; Graz/Грац 47.1 15.4; Innsbruck/Инсбрук 47.3 11.4; Linz/Линц 48.3 14.3',
  'Europe/Prague':
    'Prague/Praha/Прага 50.1 14.4; Brno/Брно 49.2 16.6; Plzen/Пльзень 49.7 13.4; Karlovy Vary/Карловы Вары 50.2 12.9',
  'Europe/Bratislava': 'Bratislava/Братислава 48.1 17.1; Kosice/Кошице 48.7 21.3',
  'Europe/Budapest': 'Budapest/Будапешт 47.5 19; Debrecen/Дебрецен 47.5 21.6',
  'Europe/Warsaw':
    'Warsaw/Warszawa/Варшава 52.2 21; Krakow/Cracow/Kraków/Краков 50.1 19.9; Wroclaw/Wrocław/Вроцлав 51.1 17; Gdansk/Gdańsk/Гданьск 54.4 18.6; Poznan/Poznań/Познань 52.4 16.9; Lodz/Łódź/Лодзь 51.8 19.5; Szczecin/Щецин 53.4 14.6; Bialystok/Белосток 53.1 23.2; Lublin/Люблин 51.2 22.6',
  'Europe/Rome':
    'Rome/Roma/Рим 41.9 12.5; Milan/Milano/Милан 45.5 9.2; Naples/Napoli/Неаполь 40.9 14.3; Turin/Torino/Турин 45.1 7.7; Florence/Firenze/Флоренция 43.8 11.3; Venice/Venezia/Венеция 45.4 12.3; Bologna/Болонья 44.5 11.3; Palermo/Палермо 38.1 13.4; Bari/Бари 41.1 16.9; Genoa/Генуя 44.4 8.9; Cagliari/Кальяри 39.2 9.1',
  'Europe/Athens': 'Athens/Афины 38 23.7; Thessaloniki/Салоники 40.6 22.9; Heraklion/Ираклион 35.3 25.1',
  'Europe/Istanbul':
    'Istanbul/Стамбул 41 29; Ankara/Анкара 39.9 32.9; Izmir/Измир 38.4 27.1; Antalya/Анталья/Анталия 36.9 30.7; Gaziantep/Газиантеп 37.1 37.4; Trabzon/Трабзон 41 39.7; Diyarbakir/Диярбакыр 37.9 40.2',
  'Europe/Bucharest':
    'Bucharest/Бухарест 44.4 26.1; Cluj-Napoca/Cluj/Клуж 46.8 23.6; Timisoara/Тимишоара 45.8 21.2; Iasi/Яссы 47.2 27.6',
  'Europe/Sofia': 'Sofia/София 42.7 23.3; Varna/Варна 43.2 27.9; Plovdiv/Пловдив 42.1 24.7; Burgas/Бургас 42.5 27.5',
  'Europe/Belgrade': 'Belgrade/Beograd/Белград 44.8 20.5; Novi Sad/Нови-Сад 45.3 19.8; Nis/Ниш 43.3 21.9',
  'Europe/Zagreb': 'Zagreb/Загреб 45.8 16; Split/Сплит 43.5 16.4; Dubrovnik/Дубровник 42.7 18.1',
  'Europe/Ljubljana': 'Ljubljana/Любляна 46.1 14.5',
  'Europe/Sarajevo': 'Sarajevo/Сараево 43.9 18.4',
  'Europe/Podgorica': 'Podgorica/Подгорица 42.4 19.3; Budva/Будва 42.3 18.8',
  'Europe/Skopje': 'Skopje/Скопье 42 21.4',
  'Europe/Tirane': 'Tirana/Тирана 41.3 19.8',
  'Europe/Copenhagen': 'Copenhagen/København/Копенгаген 55.7 12.6; Aarhus/Орхус 56.2 10.2; Odense/Оденсе 55.4 10.4',
  'Europe/Stockholm':
    'Stockholm/Стокгольм 59.3 18.1; Gothenburg/Göteborg/Гётеборг 57.7 12; Malmö/Malmo/Мальмё 55.6 13; Umea/Умео 63.8 20.3; Kiruna/Кируна 67.9 20.2',
  'Europe/Oslo':
    'Oslo/Осло 59.9 10.8; Bergen/Берген 60.4 5.3; Trondheim/Тронхейм 63.4 10.4; Tromso/Тромсё 69.6 18.9; Kirkenes/Киркенес 69.7 30',
  'Europe/Helsinki':
    'Helsinki/Хельсинки 60.2 24.9; Tampere/Тампере 61.5 23.8; Turku/Турку 60.5 22.3; Oulu/Оулу 65 25.5; Rovaniemi/Рованиеми 66.5 25.7',
  'Atlantic/Reykjavik': 'Reykjavik/Рейкьявик 64.1 -21.9',
  'Asia/Nicosia':
    'Nicosia/Никосия/Cyprus/Кипр 35.2 33.4; Limassol/Лимассол 34.7 33; Larnaca/Ларнака 34.9 33.6; Paphos/Пафос 34.8 32.4',
  'Asia/Jerusalem':
    'Tel Aviv/Тель-Авив 32.1 34.8; Jerusalem/Иерусалим 31.8 35.2; Haifa/Хайфа 32.8 35; Eilat/Эйлат 29.6 34.9',
  'Asia/Beirut': 'Beirut/Бейрут 33.9 35.5',
  'Asia/Amman': 'Amman/Амман 32 35.9; Aqaba/Акаба 29.5 35',
  'Asia/Baghdad': 'Baghdad/Багдад 33.3 44.4',
  'Asia/Tehran': 'Tehran/Тегеран 35.7 51.4',
  'Asia/Riyadh': 'Riyadh/Эр-Рияд 24.7 46.7; Jeddah/Джидда 21.5 39.2',
  'Asia/Dubai': 'Dubai/Дубай 25.2 55.3; Abu Dhabi/Абу-Даби 24.5 54.4',
  'Asia/Qatar': 'Doha/Доха 25.3 51.5',
  'Asia/Kuwait': 'Kuwait City/Эль-Кувейт 29.4 48',
  'Africa/Cairo':
    'Cairo/Каир 30 31.2; Alexandria/Александрия 31.2 29.9; Hurghada/Хургада 27.3 33.8; Sharm el-Sheikh/Шарм-эль-Шейх 27.9 34.3',
  'Africa/Casablanca': 'Casablanca/Касабланка 33.6 -7.6; Marrakesh/Марракеш 31.6 -8; Tangier/Танжер 35.8 -5.8',
  'Africa/Tunis': 'Tunis/Тунис 36.8 10.2',
  'Africa/Algiers': 'Algiers/Алжир 36.8 3.1',
  'Africa/Lagos': 'Lagos/Лагос 6.5 3.4; Abuja/Абуджа 9.1 7.4',
  'Africa/Accra': 'Accra/Аккра 5.6 -0.2',
  'Africa/Nairobi': 'Nairobi/Найроби -1.3 36.8; Mombasa/Момбаса -4 39.7',
  'Africa/Addis_Ababa': 'Addis Ababa/Аддис-Абеба 9 38.7',
  'Africa/Johannesburg':
    'Johannesburg/Йоханнесбург -26.2 28; Cape Town/Кейптаун -33.9 18.4; Durban/Дурбан -29.9 31; Pretoria/Претория -25.7 28.2',
  'Asia/Karachi': 'Karachi/Карачи 24.9 67; Lahore/Лахор 31.5 74.3; Islamabad/Исламабад 33.7 73.1',
  'Asia/Kolkata':
    'Delhi/New Delhi/Дели 28.6 77.2; Mumbai/Bombay/Мумбаи/Бомбей 19.1 72.9; Bangalore/Bengaluru/Бангалор 13 77.6; Kolkata/Calcutta/Калькутта 22.6 88.4; Chennai/Ченнаи 13.1 80.3; Hyderabad/Хайдарабад 17.4 78.5; Goa/Гоа 15.5 73.8; Pune/Пуна 18.5 73.9; Ahmedabad 23 72.6; Amritsar 31.6 74.9; Jaipur/Джайпур 26.9 75.8',
  'Asia/Colombo': 'Colombo/Коломбо/Sri Lanka/Шри-Ланка 6.9 79.9',
  'Asia/Kathmandu': 'Kathmandu/Катманду 27.7 85.3',
  'Asia/Dhaka': 'Dhaka/Дакка 23.8 90.4',
  'Asia/Bangkok':
    'Bangkok/Бангкок 13.8 100.5; Phuket/Пхукет 7.9 98.4; Chiang Mai/Чиангмай 18.8 99; Pattaya/Паттайя 12.9 100.9; Samui/Самуи 9.5 100',
  'Asia/Ho_Chi_Minh':
    'Ho Chi Minh/Ho Chi Minh City/Saigon/Хошимин/Сайгон 10.8 106.7; Hanoi/Ханой 21 105.8; Da Nang/Дананг 16.1 108.2; Nha Trang/Нячанг 12.2 109.2',
  'Asia/Jakarta': 'Jakarta/Джакарта -6.2 106.8; Surabaya/Сурабая -7.3 112.7',
  'Asia/Makassar': 'Bali/Бали/Denpasar/Денпасар -8.7 115.2',
  'Asia/Singapore': 'Singapore/Сингапур 1.4 103.8',
  'Asia/Kuala_Lumpur': 'Kuala Lumpur/Куала-Лумпур 3.1 101.7; Penang/Пинанг 5.4 100.3',
  'Asia/Manila': 'Manila/Манила 14.6 121; Cebu/Себу 10.3 123.9',
  'Asia/Hong_Kong': 'Hong Kong/Hongkong/Гонконг 22.3 114.2',
  'Asia/Taipei': 'Taipei/Тайбэй 25 121.6',
  'Asia/Shanghai':
    'Shanghai/Шанхай 31.2 121.5; Beijing/Peking/Пекин 39.9 116.4; Shenzhen/Шэньчжэнь 22.5 114; Guangzhou/Гуанчжоу 23.1 113.3; Chengdu/Чэнду 30.6 104.1; Chongqing/Чунцин 29.6 106.5; Wuhan/Ухань 30.6 114.3; Harbin/Харбин 45.8 126.6; Xian/Сиань 34.3 108.9; Kunming/Куньмин 25 102.7; Manzhouli/Маньчжурия 49.6 117.4; Heihe/Хэйхэ 50.2 127.5; Lhasa/Лхаса 29.7 91.1',
  'Asia/Seoul': 'Seoul/Сеул 37.6 127; Busan/Пусан 35.2 129.1',
  'Asia/Tokyo':
    'Tokyo/Токио 35.7 139.7; Osaka/Осака 34.7 135.5; Kyoto/Киото 35 135.8; Sapporo/Саппоро 43.1 141.4; Fukuoka/Фукуока 33.6 130.4',
  'Asia/Ulaanbaatar': 'Ulaanbaatar/Улан-Батор 47.9 106.9',
  'Australia/Sydney': 'Sydney/Сидней -33.9 151.2; Canberra/Канберра -35.3 149.1; Newcastle (Australia) -32.9 151.8',
  'Australia/Melbourne': 'Melbourne/Мельбурн -37.8 145',
  'Australia/Brisbane': 'Brisbane/Брисбен -27.5 153; Gold Coast/Голд-Кост -28 153.4; Cairns/Кэрнс -16.9 145.8',
  'Australia/Perth': 'Perth/Перт -32 115.9',
  'Australia/Adelaide': 'Adelaide/Аделаида -34.9 138.6',
  'Pacific/Auckland':
    'Auckland/Окленд -36.8 174.8; Wellington/Веллингтон -41.3 174.8; Christchurch/Крайстчерч -43.5 172.6',
  'America/New_York':
    'New York/NYC/Нью-Йорк 40.7 -74; Boston/Бостон 42.4 -71.1; Washington/Washington DC/Вашингтон 38.9 -77; Philadelphia/Филадельфия 40 -75.2; Miami/Майами 25.8 -80.2; Atlanta/Атланта 33.7 -84.4; Orlando/Орландо 28.5 -81.4; Charlotte/Шарлотт 35.2 -80.8; Pittsburgh/Питтсбург 40.4 -80; Cleveland/Кливленд 41.5 -81.7; Columbus/Колумбус 40 -83; Tampa/Тампа 28 -82.5; Cincinnati/Цинциннати 39.1 -84.5; Buffalo/Буффало 42.9 -78.9; Raleigh/Роли 35.8 -78.6; Baltimore/Балтимор 39.3 -76.6',
  'America/Detroit': 'Detroit/Детройт 42.3 -83',
  'America/Chicago':
    'Chicago/Чикаго 41.9 -87.6; Houston/Хьюстон 29.8 -95.4; Dallas/Даллас 32.8 -96.8; Austin/Остин 30.3 -97.7; San Antonio/Сан-Антонио 29.4 -98.5; Minneapolis/Миннеаполис 45 -93.3; New Orleans/Новый Орлеан 30 -90.1; Nashville/Нашвилл 36.2 -86.8; Kansas City/Канзас-Сити 39.1 -94.6; St Louis/Сент-Луис 38.6 -90.2; Memphis/Мемфис 35.1 -90; Milwaukee/Милуоки 43 -87.9; Oklahoma City/Оклахома-Сити 35.5 -97.5; Omaha/Омаха 41.3 -96',
  'America/Denver':
    'Denver/Денвер 39.7 -105; Salt Lake City/Солт-Лейк-Сити 40.8 -111.9; Albuquerque/Альбукерке 35.1 -106.7; El Paso/Эль-Пасо 31.8 -106.5; Billings 45.8 -108.5',
  'America/Phoenix': 'Phoenix/Финикс 33.4 -112.1; Tucson/Тусон 32.2 -111',
  'America/Los_Angeles':
    'Los Angeles/LA/Лос-Анджелес 34.1 -118.2; San Francisco/SF/Сан-Франциско 37.8 -122.4; Seattle/Сиэтл 47.6 -122.3; San Diego/Сан-Диего 32.7 -117.2; Las Vegas/Лас-Вегас 36.2 -115.1; Portland/Портленд 45.5 -122.7; San Jose/Сан-Хосе 37.3 -121.9; Sacramento/Сакраменто 38.6 -121.5; Reno 39.5 -119.8; Spokane 47.7 -117.4',
  'America/Anchorage': 'Anchorage/Анкоридж 61.2 -149.9',
  'Pacific/Honolulu': 'Honolulu/Hawaii/Гонолулу/Гавайи 21.3 -157.9',
  'America/Toronto':
    'Toronto/Торонто 43.7 -79.4; Montreal/Монреаль 45.5 -73.6; Ottawa/Оттава 45.4 -75.7; Quebec/Квебек 46.8 -71.2',
  'America/Vancouver': 'Vancouver/Ванкувер 49.3 -123.1; Victoria/Виктория 48.4 -123.4',
  'America/Edmonton': 'Calgary/Калгари 51 -114.1; Edmonton/Эдмонтон 53.5 -113.5',
  'America/Winnipeg': 'Winnipeg/Виннипег 49.9 -97.1',
  'America/Halifax': 'Halifax/Галифакс 44.6 -63.6',
  'America/Mexico_City': 'Mexico City/Мехико 19.4 -99.1; Guadalajara/Гвадалахара 20.7 -103.3; Puebla/Пуэбла 19 -98.2',
  'America/Cancun': 'Cancun/Канкун 21.2 -86.9',
  'America/Havana': 'Havana/Гавана 23.1 -82.4',
  'America/Panama': 'Panama/Панама 9 -79.5',
  'America/Costa_Rica': 'San Jose (Costa Rica) 9.9 -84.1',
  'America/Bogota': 'Bogota/Bogotá/Богота 4.7 -74.1; Medellin/Медельин 6.2 -75.6',
  'America/Lima': 'Lima/Лима -12 -77',
  'America/Caracas': 'Caracas/Каракас 10.5 -66.9',
  'America/Guayaquil': 'Quito/Кито -0.2 -78.5',
  'America/La_Paz': 'La Paz/Ла-Пас -16.5 -68.1',
  'America/Santiago': 'Santiago/Сантьяго -33.4 -70.7; Valparaiso/Вальпараисо -33 -71.6',
  'America/Argentina/Buenos_Aires': 'Buenos Aires/Буэнос-Айрес -34.6 -58.4; Rosario/Росарио -32.9 -60.7',
  'America/Montevideo': 'Montevideo/Монтевидео -34.9 -56.2',
  'America/Sao_Paulo':
    'Sao Paulo/São Paulo/Сан-Паулу -23.5 -46.6; Rio de Janeiro/Rio/Рио-де-Жанейро/Рио -22.9 -43.2; Brasilia/Бразилиа -15.8 -47.9; Florianopolis/Флорианополис -27.6 -48.5; Curitiba/Куритиба -25.4 -49.3; Porto Alegre -30 -51.2; Belo Horizonte -19.9 -43.9',
};
