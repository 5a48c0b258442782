//! The words of announcements, a table per language. To teach the program another language, add a table.
//!
//! All words are in lower case. It knows no grammar: [`super::announce`] does.

use std::collections::HashSet;
use std::sync::LazyLock;

/// What a language says of spoilers. Each field is a list of words with spaces between.
pub(super) struct Language {
    /// How the words for a spoiler begin.
    spoilers: &'static str,
    /// What else may stand in a line that says no more than that spoilers follow.
    fillers: &'static str,
    /// What makes an announcement of a sentence if it stands shortly before the spoilers: "warning", "attention".
    before: &'static str,
    /// The same, shortly behind them: "ahead", "alert".
    after: &'static str,
    /// What the review calls itself.
    texts: &'static str,
    /// That a text holds something.
    holds: &'static str,
    /// Which part of a text is meant, so that it is not all of it.
    parts: &'static str,
    /// That there are none.
    negations: &'static str,
    /// What may stand between a negation and the spoilers that it denies.
    between: &'static str,
    /// That the spoilers are over.
    ends: &'static str,
}

#[rustfmt::skip]
const LANGUAGES: &[Language] = &[
    // English
    Language {
        spoilers: "spoiler",
        fillers: "a ahead alert alerts alot also and are as be been before below beware beyond big but careful caution come coming complete contain contains danger discuss discussing discussion ending enormous fair filled followed following follow follows for from full further gigantic going has have heavy here here's huge i i'll i'm if in incoming inside is it its it's just light lots lot major many massive may might mild minor moderate must mega now obligatory obvious of off on only past plot point please possible possibly potential potentially proceed section serious slight slightly small so some start starts story super territory the there there's these they this time tiny tons to total ultra very warn warned warning warnings will with within you your you've zone review reviews post text thoughts talk part all ye thar beginning begin begins out watch way lie await abound inbound galore content space y ridden laden click show reveal view tap open read see more okay ok well alright then throughout under cut jump after break fold line entering enter leaving everything let's into onto next beneath sorry everywhere aplenty loads bunch few couple several tonnes ton ahoy tw cw chapter season book film movie episode",
        before: "warning caution beware alert danger warn warned tw cw",
        after: "ahead ahoy alert alerts warning warnings below follow follows following incoming coming beyond abound inbound await galore",
        texts: "review post article piece entry text page essay write-up writeup critique blog video",
        holds: "contain contains containing have has include includes spoil spoils is hold holds discusses reveals full gives",
        parts: "rest remainder following next below after beyond past second last later half section sections paragraph paragraphs part here further final now onward onwards forward from",
        negations: "no not without non never zero nothing none avoid avoiding avoids free minus isnt dont wont doesnt didnt cant cannot nor neither hardly anti nary sans",
        between: "a an any the big major minor real actual plot story further more other huge significant much of be being is are was were do does have has had contain contains containing give gives giving given get getting post posting drop reveal revealing share include includes including think consider considered want need there here this that it going to really exactly technically actually even quite in any need will would count as call too many significant explicit outright serious spoil",
        ends: "end ends ended over done finish finished finishes",
    },
    // German
    Language {
        spoilers: "spoiler gespoiler",
        fillers: "ab achtung hier an alarm auch auf bitte das dem den der des die doch ein eine einen einige enthalten enthält es folgen folgende folgenden folgt für gefahr große großer gibt im in ist jetzt kann leichte leichter massive massiver mehr mit mögliche mögliches nachfolgend nun nur sind starke teil und unten vor voraus voll vorsicht warnung weiter werden wird zum zur teilweise evtl eventuell könnte könnten abschnitt bereich diskussion kleine kleiner hinweis mild milde schwere beginnt beginnen gleich danach darunter okay ok so jetzt's komplette kompletten ganze ganzen vielleicht möglicherweise wird's wer liest los geht geht's hierunter darin viele inkl inklusive inhalt handlung ende ungekennzeichnet ungekennzeichnete etwas paar kräftig",
        before: "achtung vorsicht warnung enthalten hinweis folgen folgt",
        after: "voraus alarm warnung folgen folgt unten enthalten",
        texts: "rezension kritik beitrag text artikel besprechung review filmkritik",
        holds: "enthält enthalten hat verrät spoilert",
        parts: "rest folgende folgenden nächste nächsten ab hier unten absatz abschnitt teil weiter zweite",
        negations: "kein keine keinen keiner keinerlei nicht ohne nie niemals frei null",
        between: "ein eine einen der die das den großen größeren weiteren zu viel viele wirklich ist sind enthält enthalten jeglichen jegliche irgendwelche",
        ends: "ende enden endet vorbei schluss fertig",
    },
    // French
    Language {
        spoilers: "spoil spoiler divulgâch divulgach",
        fillers: "à a ai alerte attention au aux avec avertissement ce cet cette ci contient contenir d de des dessous du en est et être gros grosse gros ici il la le léger légère légers les l lourd majeur majeurs mineur mineurs mode moment mon niveau on ou par partie partir peut peuvent place plein plus possible possibles pour prudence qui quelques s sérieux si sont suit suite suivent sur tout un une va y zone dessous bas présence risque gare danger critique avis d'ici après dès maintenant là voici voilà majeure mineure légères sérieuse l'intrigue intrigue toute entière lisez fin sous coupure beaucoup petit petits petite éventuels éventuel texte",
        before: "attention alerte avertissement gare prudence contient danger",
        after: "alerte dessous suit suivent bas",
        texts: "critique article chronique avis texte billet",
        holds: "contient contenir dévoile révèle comporte",
        parts: "suite reste suivant suivante dessous ici partir partie paragraphe bas prochain",
        negations: "pas sans aucun aucune non jamais ni zéro",
        between: "de d des du un une le la les gros majeur vraiment trop est c ce contient",
        ends: "fin finis fini terminé terminés",
    },
    // Spanish
    Language {
        spoilers: "spoiler espóiler espoiler destripe",
        fillers: "a abajo advertencia ahora al alerta aquí atención aviso con contiene contener contienen continuación cuidado de debajo del desde el en enormes es esta este esto gran grandes grande hay importante importantes la las leve leves ligeros lo los más menores mayores muchos muy ojo parte partir pequeño pequeños posible posibles puede pueden que se según siguen sección siguientes un una unos varios vienen y zona incluye lleno peligro son todo trama fuertes fuerte total totales masivos masiva empiezan comienzan comienza empieza algunos algún avisados quedan advertidos final pequeña",
        before: "alerta atención aviso advertencia cuidado ojo contiene peligro",
        after: "abajo adelante continuación alerta",
        texts: "reseña crítica artículo texto entrada opinión",
        holds: "contiene contener tiene incluye revela",
        parts: "resto siguiente siguientes continuación abajo aquí partir parte párrafo sección adelante",
        negations: "no sin ningún ninguno nada nunca ni cero libre tampoco",
        between: "un una el la los las es son hay contiene ningún ninguna de grandes más tiene hacer dar",
        ends: "fin final finaliza acaban terminan terminado",
    },
    // Portuguese
    Language {
        spoilers: "spoiler",
        fillers: "a abaixo adiante agora alerta ao aqui as atenção aviso baixo com contém conter cuidado da daqui de do e em enorme esta este exibe frente grandes grande há leve leves muitos na no nos o os partir parte pequeno pequenos pesados pode podem por possíveis possível que seguir seguem seção tem texto um uma vários zona é está perigo são risco tudo trama fortes forte total muito começam começa alguns algum avisados final após depois resto daí",
        before: "alerta atenção aviso cuidado contém perigo",
        after: "abaixo adiante frente seguir alerta",
        texts: "resenha crítica texto artigo post análise",
        holds: "contém conter tem possui revela inclui",
        parts: "resto seguinte seguintes seguir abaixo aqui daqui partir parte parágrafo seção adiante",
        negations: "não sem nenhum nenhuma nada nunca nem zero livre",
        between: "um uma o a os as é são há contém ter tem dar de grandes mais qualquer quaisquer",
        ends: "fim final acabam terminam terminou acabou",
    },
    // Italian
    Language {
        spoilers: "spoiler",
        fillers: "a al alcuni alla allarme allerta anticipazioni arrivo attenzione avviso avvertenza che ci con contiene contengono contenere da d del della dei di e enormi fino grande grandi grosso grossi i il in inizio la le leggeri l minori molti ora parte pericolo pesanti piccoli possibili potrebbe può qualche questa questo qui segue seguono seguito se sezione sono sotto un una zona poi avanti dopo tutto trama forti pesante enorme iniziano inizia dell sulla sul finale d'ora innanzi prossimi grossa piccolo",
        before: "attenzione allerta avviso allarme avvertenza contiene occhio pericolo",
        after: "arrivo seguito sotto alert allerta seguono",
        texts: "recensione critica articolo testo post",
        holds: "contiene contenere rivela ha include",
        parts: "resto seguente seguenti seguito sotto qui parte paragrafo sezione poi",
        negations: "non senza nessuno nessun niente mai né zero privo",
        between: "un uno una il lo gli i è ci sono contiene fare grandi di troppi alcun",
        ends: "fine finiti finito terminati",
    },
    // Dutch
    Language {
        spoilers: "spoiler",
        fillers: "aan alarm alert als bevat bevatten de deel deze die dit een en er gedeelte grote hier hierna hieronder het in kan kleine komen komt let lichte met mogelijke mogelijk na nu om onder op opgelet pas staan stuk uit vanaf veel volgen volgende volgt voor voorzichtig waarschuwing wat zijn zware zit zitten dan daarna hele stevige enkele klein beginnen begint verder beneden vol hierop einde verhaal forse",
        before: "opgelet waarschuwing bevat pas let volgen",
        after: "hieronder alarm waarschuwing volgen onder",
        texts: "recensie bespreking stuk artikel tekst review",
        holds: "bevat bevatten heeft verraadt verklapt",
        parts: "rest volgende vanaf hier hieronder alinea deel gedeelte verder",
        negations: "geen niet zonder nooit vrij nul",
        between: "een de het echt grote is zijn bevat enige te veel",
        ends: "einde eind eindigen afgelopen voorbij",
    },
    // Polish
    Language {
        spoilers: "spoiler spojler",
        fillers: "alert będą będzie część dalej dalsza duże drobne i lekkie mogą może możliwe na niżej od ostrzeżenie ostrożnie poniżej poważne recenzja sekcja strefa są tekst teraz ten to tu tutaj tym u uwaga w z za zawiera zawierać ze tego miejsca momentu następują następnie dalszej części wszystko fabuły fabularne silne mocne ciężkie lekki zaczynają zaczyna się sporo kilka małe mały zakończenie",
        before: "uwaga ostrzeżenie zawiera ostrożnie",
        after: "poniżej alert dalej niżej",
        texts: "recenzja tekst wpis artykuł",
        holds: "zawiera zawierać zdradza",
        parts: "reszta dalsza dalej poniżej następny następna część akapit tego",
        negations: "nie bez żadnych żaden brak nigdy",
        between: "ma jest są to zawiera żadnych większych dużych",
        ends: "koniec",
    },
    // Russian
    Language {
        spoilers: "спойлер",
        fillers: "в внимание возможны далее дальше есть здесь и имеются ниже обзор осторожно отзыв текст тексте под с со содержит содержатся сюжета сюжетные могут может быть будут много мелкие крупные предупреждение рецензия тут эта этот эти от к этом аккуратно часть пошли начинаются все всё сюжетный большие серьёзные лёгкие начало идут пойдут впереди будет дальнейшем нижеследующем внизу зона повсюду спойлерная сильные небольшие",
        before: "внимание осторожно содержит предупреждение аккуратно далее ниже",
        after: "ниже далее внимание",
        texts: "рецензия отзыв статья текст обзор пост",
        holds: "содержит раскрывает есть",
        parts: "далее ниже дальше остальная остальной следующий следующая часть отсюда абзац",
        negations: "не без нет никаких ни никогда",
        between: "это является содержит никаких больших особых серьёзных",
        ends: "конец закончились окончены",
    },
];

/// The words of languages that are written without spaces between them.
pub(super) struct Script {
    pub(super) spoilers: &'static [&'static str],
    /// What denies, if it stands next to the spoilers.
    pub(super) negations: &'static [&'static str],
    /// What makes an announcement of a line.
    pub(super) signals: &'static [&'static str],
    pub(super) ends: &'static [&'static str],
    pub(super) texts: &'static [&'static str],
    /// Which part of a text is meant.
    pub(super) parts: &'static [&'static str],
    /// How many characters behind the spoilers a negation may stand.
    pub(super) reach: usize,
}

#[rustfmt::skip]
pub(super) const SCRIPTS: &[Script] = &[
    // Japanese
    Script {
        spoilers: &["ネタバレ", "ねたばれ", "ネタばれ", "ﾈﾀﾊﾞﾚ", "スポイラー"],
        negations: &["なし", "無し", "ナシ", "無", "しない", "しません", "ではない", "ではありません", "じゃない", "禁止", "を避け", "回避", "はない", "はありません", "を含まない", "を含みません", "にならない", "抜き", "ありません", "せず", "厳禁", "せずに"],
        signals: &["注意", "あり", "有り", "アリ", "含", "警報", "以下", "ここから", "この先", "全開", "感想", "します", "閲覧"],
        ends: &["ここまで", "終わり", "おわり", "終了"],
        texts: &["レビュー", "この記事", "感想文", "本記事", "本レビュー"],
        parts: &["以下", "ここから", "この先", "後半", "次の"],
        reach: 14,
    },
    // Chinese
    Script {
        spoilers: &["剧透", "劇透", "有雷", "無雷", "防雷", "爆雷"],
        negations: &["无", "無", "不", "没有", "沒有", "非", "免", "未", "别", "避免", "不会", "零"],
        signals: &["警告", "预警", "預警", "注意", "以下", "下文", "含", "有", "慎入", "前方", "严重", "嚴重", "小心", "包含", "涉及", "高能", "防雷", "开始", "開始"],
        ends: &["结束", "結束", "完毕", "完畢", "到此为止", "到此為止"],
        texts: &["本文", "影评", "影評", "评论", "評論", "书评", "書評", "这篇", "這篇"],
        parts: &["以下", "下文", "后文", "後文", "后半", "後半", "下面", "接下来", "接下來"],
        reach: 3,
    },
    // Korean
    Script {
        spoilers: &["스포일러", "스포"],
        negations: &["없", "노스포", "아닙니다", "아니", "않", "무스포", "안 ", "금지"],
        signals: &["주의", "있", "포함", "경고", "아래", "이하", "여기부터", "시작", "다량", "약스포", "강스포"],
        ends: &["끝", "종료", "여기까지"],
        texts: &["이 리뷰", "리뷰는", "이 글", "본 리뷰", "감상문"],
        parts: &["아래", "이하", "여기부터", "다음", "뒤부터"],
        reach: 14,
    },
];

/// Sentences that send away who wants no spoilers: for everybody else they announce some.
pub(super) const DEPARTURES: &[&str] = &[
    "stop reading",
    "read no further",
    "turn back",
    "turn away",
    "look away",
    "leave now",
    "read on",
    "stop here",
    "go no further",
    "click away",
    "don't continue",
    "do not continue",
    "continue reading",
    "keep reading",
    "without spoilers, so",
    "without spoilers so",
    "proceed at your own",
    "read at your own",
    "scroll down",
    "skip ahead",
    "skip to",
    "skip the",
    "skip this",
    "nicht weiterlesen",
    "ne lisez pas",
    "no sigas leyendo",
    "não continue",
    "non continuate",
    "lees niet verder",
    "nie czytaj dalej",
    "не читайте дальше",
];

/// What a reviewer says who begins to give spoilers away. It counts where nothing in the sentence denies it.
pub(super) const LEADS: &[&str] = &[
    "into spoiler",
    "talk spoiler",
    "discuss spoiler",
    "get spoiler",
    "to the spoilers",
    "time for spoiler",
    "for the spoilers",
    "enter spoiler",
    "entering spoiler",
    "going to spoil",
    "about to spoil",
    "gonna spoil",
    "i will spoil",
    "i'll spoil",
    "i must spoil",
    "i have to spoil",
    "i need to spoil",
    "i'm spoiling",
    "let me spoil",
    "let's spoil",
    "ich spoiler",
    "spoilere ich",
    "werde spoiler",
    "muss spoiler",
    "je spoil",
    "vais spoil",
    "voy a spoil",
    "voy a hacer spoiler",
    "vou dar spoiler",
    "faccio spoiler",
    "spoilero",
    "ga spoil",
    "będę spoil",
    "буду спойлер",
];

/// How a word ends that says that a text is free of spoilers.
pub(super) const FREE: &[&str] =
    &["free", "frei", "freie", "freies", "freier", "freien", "vrij", "vrije", "less", "los"];

/// The tables of one language, or of all together, ready to be asked.
pub(super) struct Lexicon {
    pub(super) fillers: HashSet<&'static str>,
    pub(super) before: HashSet<&'static str>,
    pub(super) after: HashSet<&'static str>,
    pub(super) texts: HashSet<&'static str>,
    pub(super) holds: HashSet<&'static str>,
    pub(super) parts: HashSet<&'static str>,
    pub(super) negations: HashSet<&'static str>,
    pub(super) between: HashSet<&'static str>,
    pub(super) ends: HashSet<&'static str>,
}

impl Lexicon {
    fn of(languages: &[Language]) -> Self {
        let set =
            |list: fn(&Language) -> &'static str| languages.iter().flat_map(|l| list(l).split(' ')).collect();
        Lexicon {
            fillers: set(|l| l.fillers),
            before: set(|l| l.before),
            after: set(|l| l.after),
            texts: set(|l| l.texts),
            holds: set(|l| l.holds),
            parts: set(|l| l.parts),
            negations: set(|l| l.negations),
            between: set(|l| l.between),
            ends: set(|l| l.ends),
        }
    }
}

/// One for each language.
pub(super) static EACH: LazyLock<Vec<Lexicon>> =
    LazyLock::new(|| LANGUAGES.iter().map(|language| Lexicon::of(std::slice::from_ref(language))).collect());

/// All languages together.
pub(super) static ALL: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::of(LANGUAGES));

/// The beginnings of all words for a spoiler, and those of scripts without spaces.
pub(super) fn stems() -> impl Iterator<Item = &'static str> {
    let words = LANGUAGES.iter().flat_map(|language| language.spoilers.split(' '));
    words.chain(SCRIPTS.iter().flat_map(|script| script.spoilers.iter().copied()))
}
