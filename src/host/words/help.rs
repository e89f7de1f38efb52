//! Help: short by phase, in detail by command.

use crate::sim::setting::Step;

/// What can be typed in a step, each with what it does.
pub fn for_step(step: Step, lab: bool) -> Vec<(&'static str, &'static str)> {
    match step {
        Step::Offers(_) => vec![
            ("offer WHO TERMS", "put terms on the table: offer {who} 10 at 100 access early 8"),
            ("change WHO TERMS", "your last terms, with only these clauses changed"),
            ("counter WHO TERMS", "their last terms, with only these clauses changed"),
            ("suggest WHO", "terms that, on the estimate, both of you would sign"),
            ("ask WHO", "ask what they want; they answer with up to three routes"),
            ("table WHO, worth WHO", "clause by clause; what it is worth, row by row"),
            ("forecast WHO TERMS", "your score with this signed and without, quarter by quarter"),
            ("renegotiate WHO TERMS", "new terms in place of the deal in force"),
            ("waiver HOLDER 1.5", "a fee for what a rival's deal forbids; help waiver"),
            ("walk WHO", "leave: the table stays shut for two quarters"),
            (
                "claim WHO RIVAL TERMS",
                "tell WHO what a rival of theirs has offered you, truly or not",
            ),
            ("investigate WHO", "due diligence: a lab's books; or investigate claim WHO"),
            ("plant GIANT LAB TERMS", "set a rumour about; or plant trouble RIVAL"),
            ("done, pass", "send and let the world move; leave this quarter's talks"),
        ],
        Step::Answers(_) => vec![
            ("accept WHO", "sign the terms they have on the table"),
            ("accept WHO route 2", "sign one of the routes they have shown"),
            ("hold WHO", "do not sign yet, and let them see what is in the way"),
            ("answer WHO", "tell them what you want, if they have asked"),
            ("waiver WHO accept", "take the other side's fee for a waiver, or refuse"),
            ("table WHO, worth WHO", "clause by clause; what it is worth, row by row"),
            ("forecast WHO", "your score with these terms signed and without them"),
            ("walk WHO", "leave: the table stays shut for two quarters"),
            ("done, pass", "send and let the world move; leave this quarter's talks"),
        ],
        Step::Plan if lab => vec![
            ("pace 1.2", "how fast compute grows against the plan, 1 being the plan"),
            ("training 55", "per cent of compute that trains; the rest serves customers"),
            ("price 1.05", "product price, 1 being the opening's"),
            ("hire 8", "change of staff this quarter, per cent"),
            ("policy open", "who sells your models: open, partners, restrained"),
            ("retreat 1, recruit 2", "attention for your people: morale, and new talent"),
            (
                "process competition",
                "how to hold next quarter's talks: private, competition, alone",
            ),
            ("template 8 at 120", "publish what you ask for, and what you refuse: no board"),
            ("terminate, withhold WHO", "end a deal early, or rent less than promised"),
            ("press 1", "spend attention on the press"),
            ("investigate WHO", "due diligence into a rival lab, or a claim"),
            ("close", "close the quarter"),
        ],
        Step::Plan => vec![
            ("price all 0.95", "list price of every segment; or price enterprise 1.02"),
            ("order 1.2", "gigawatts to order; they arrive in four quarters"),
            ("research 2", "budget for your own models, $bn a quarter"),
            ("push builders", "send the sales people after one segment; push none"),
            ("loosen WHO exclusivity", "give up a clause you hold: help loosen lists them"),
            ("lobby 1, press 1", "spend attention on the regulator, on the press"),
            ("investigate WHO", "due diligence: a lab's books; or investigate claim WHO"),
            ("chips 1.1", "a chip maker's price, 1 being the opening's"),
            ("favour WHO", "buyers a chip maker serves first when chips are short; favour none"),
            ("terminate WHO", "end a deal's terms early, for a price"),
            ("close", "close the quarter"),
        ],
        Step::Over => vec![("quit", "leave")],
    }
}

/// What can be typed at any time.
pub const ANY_TIME: &[(&str, &str)] = &[
    ("paper", "the front page again"),
    ("why", "what the last quarter brought, and why; why share, why cash openai"),
    ("goals", "your score and how it is computed"),
    ("market, labs, rivals", "who stands where"),
    ("process", "how the labs hold their talks"),
    ("deals", "what is signed, and its terms"),
    ("promises", "what is owed, by whom, until when, and what is late"),
    ("rumours", "what is claimed and rumoured, how it stands, whose word is good"),
    ("regulators", "heat, inquiries and their dates, what could be given up"),
    ("books", "this quarter's money, posting by posting"),
    ("history", "quarter by quarter"),
    ("plan", "the levers, with their cost and effect"),
    ("dilemma, choose 2", "the question put to you this quarter; answer it"),
    ("cards, play NAME", "cards for those who trail; play one, in the plan"),
    ("calendar", "every date that is known"),
    ("undo", "take back your last decision of this step: nobody has seen it"),
    ("lesson", "the last lesson again, where a level teaches; lesson next, off, on"),
    ("branch 2Q26, back", "take a closed quarter up again, as practice; return to the game"),
    ("save NAME", "keep this game under a name"),
    ("quit", "save and leave"),
    ("help COMMAND", "more about one command"),
    ("help quarter", "how a quarter goes"),
];

/// Help on one subject for a giant's seat or a lab's, as paragraphs; the last may be an example to type.
pub fn about(subject: &str, lab: bool) -> Option<&'static [&'static str]> {
    Some(match subject {
        "price" if lab => PRODUCT_PRICE,
        "offer" | "terms" => OFFER,
        "clauses" | "clause" | "instrument" => CLAUSES,
        "change" | "counter" => CHANGE,
        "renegotiate" | "release" => RENEGOTIATE,
        "promises" | "terminate" | "withhold" | "breach" => PROMISES,
        "waiver" | "subject" | "subject-to" => WAIVER,
        "suggest" => SUGGEST,
        "ask" | "routes" | "answer" => ASK,
        "accept" | "hold" | "walk" => ANSWERS,
        "table" | "worth" => TABLE,
        "forecast" => FORECAST,
        "done" | "pass" | "close" | "quarter" | "turn" => QUARTER,
        "price" => PRICE,
        "access" | "reach" => ACCESS,
        "income" | "cash" => INCOME,
        "order" => ORDER,
        "research" => RESEARCH,
        "push" => PUSH,
        "regulators" | "loosen" | "inquiry" | "heat" => REGULATORS,
        "chips" | "favour" => CHIPS,
        "circular" | "rivals" => CIRCULAR,
        "lobby" | "press" | "attention" => ATTENTION,
        "claim" | "claims" | "plant" | "rumours" => CLAIMS,
        "investigate" | "diligence" => DILIGENCE,
        "pace" | "training" | "hire" | "lab" => LAB,
        "process" | "template" | "alone" => PROCESS,
        "policy" | "retreat" | "recruit" | "morale" | "staff" => PEOPLE,
        "goals" | "score" | "medals" => GOALS,
        "why" | "books" | "history" => WHY,
        "dilemma" | "choose" | "dilemmas" => DILEMMA,
        "cards" | "card" | "play" => CARDS,
        "calendar" | "dates" => CALENDAR,
        "branch" | "back" | "practice" => BRANCH,
        "undo" => UNDO,
        "save" | "quit" => SAVE,
        _ => return None,
    })
}

const OFFER: &[&str] = &[
    "offer WHO TERMS puts a term sheet on the table. It needs an amount and a price; every other clause is yours to add. Sums are in $bn, terms in quarters (8 where you name none).",
    "· 10 or cash 10 · credits 2 (compute credits, face value) · at 100 (what the lab is worth before the money)",
    "· access resale|early|exclusive 8 · board observer|director",
    "· exclusivity first-refusal|sole-reseller|sole-cloud 8 (or just sole-cloud 8)",
    "· compute 0.5 12 (gigawatts the lab will rent from you by mid-term, quarters)",
    "· tranche 40 after-a-year|at-the-frontier|revenue-doubled (per cent of the cash held back)",
    "· bar {rivals} (rivals the lab may not take money from, four quarters)",
    "· breakfee 0.5 (paid by the side that ends the deal's terms early) · subject (waits for a waiver: help waiver)",
    "Rarer clauses, from instrument to revshare: help clauses.",
    "A lab's seat types the same, and asks a giant for the money.",
    "Example: offer {who} 8 credits 2 at 104 access early 8 board observer compute 0.3 12",
];

const CLAUSES: &[&str] = &[
    "A table opens with five rows. These clauses are added by their word to offer, change or counter, and taken out with no: no licence.",
    "· instrument preferred: shares at the price agreed, as in most deals.",
    "· instrument convertible: a note. It becomes shares in the next round of at least its size, at four fifths of that round's price or at its own where that is lower; after eight quarters at its own.",
    "· instrument capped 10: the money comes back first out of three quarters of the profits, then a part of them, ten times the money at most.",
    "· instrument warrants: nothing is paid now. As compute is delivered the giant may buy at today's price, and does where the last price is higher.",
    "· prorata: the giant keeps its part in later rounds, as far as its cash allows.",
    "· antidilution: a later round below this price brings the giant more shares, by the weighted average.",
    "· consent: nobody else gets exclusivity, a director or more than a fifth of the lab unless the giant agrees.",
    "· chips 50 12: half of the compute committed runs on a cloud's own chips; half of all new compute on a chip maker's. Models may run a little worse on them.",
    "· licence 8: for so many quarters the giant's customers have the lab's newest models, and its own models stay within a point of them.",
    "· revshare 10 cap 5: a tenth of the lab's revenue each quarter until $5bn are paid.",
    "Example: change {who} chips 50 12 prorata",
];

const CHANGE: &[&str] = &[
    "change WHO starts from your own last terms, counter WHO from theirs (counter WHO route 2 from a route). Name only the clauses that differ; no access, no board and the like take a clause out.",
    "A change of less than one per cent in every sum, with all else equal, costs the other side patience and gains nothing. Trading one clause against another moves faster than haggling over one.",
    "Example: counter {who} at 105 no board",
];

const RENEGOTIATE: &[&str] = &[
    "renegotiate WHO TERMS offers a new deal in place of the latest one in force between the two of you. It starts from what is left of the old terms, without new money; name what changes: no exclusivity, access early 12, 5 at 120. The old deal stands until both sign; then its terms end, and its shares stay.",
    "release 0.5 is what the lab pays the giant at signature for what it gives up. Both sides weigh the change against keeping the old deal; change and counter go on from there as with any offer.",
    "Example: renegotiate {who} no exclusivity access early 12",
];

const PROMISES: &[&str] = &[
    "promises lists what every deal of yours still owes, by whom, until when, and how it stands; promises all everybody's, promises WHO one seat's. Compute that is not there is late in the first quarter and a breach in the second: then a quarter of its rent is paid in damages each quarter, trust falls, and the other side may end the deal freely for four quarters.",
    "terminate WHO, or its number, ends the terms of a deal early, in the plan; the shares stay. It costs the break fee that was agreed, or where there is none a tenth of the sum invested and a twentieth of the rent still to come, less as the terms run out. Who was wronged pays nothing and is paid the break fee.",
    "withhold WHO is for a lab: it rents no more than now under that deal this quarter, and what its plan adds goes elsewhere.",
];

const WAIVER: &[&str] = &[
    "A deal in force may forbid what you want to sign with a lab. Its holder can waive it for you, for a fee. Add the word subject to your terms: offer WHO TERMS subject. If the lab accepts, both are agreed, and the deal is signed the moment the waiver is bought; if none is to be had before the quarter's talks end, the agreement lapses.",
    "waiver HOLDER 1.5 offers the holder a fee in $bn, in the offers step; the holder may ask for another, and each new fee must come closer. waiver WHO accept takes theirs in the answers, waiver WHO refuse ends it for the quarter. waiver HOLDER deal 3 1.5, by its number in deals, where the holder has several. The fee is paid at once, and the waiver holds for you alone as long as the covenant does, whether or not you sign. Seeking one takes a point of attention.",
    "Example: offer {who} 8 at 104 compute 0.6 12 subject",
];

const SUGGEST: &[&str] = &[
    "suggest WHO looks for terms that you would sign and that, on the estimate, they would sign in this round; it starts from your last terms, if you have made any. Their side is an estimate from published figures and what you know: it can be wrong.",
    "Type offer WHO suggestion to put it on the table.",
];

const ASK: &[&str] = &[
    "ask WHO, once a table and quarter, takes the round. They answer with up to three routes: terms they would sign unchanged. Routes are priced at what they hope for, not at the least they would take.",
    "When they ask you, answer WHO shows them three routes the advisor has worked out; or name your own: answer {who} 10 at 120 / 8 at 110 access early 8.",
];

const ANSWERS: &[&str] = &[
    "accept WHO signs the terms they have on the table; a side is bound by its own terms while they stand. Cash is set aside at once and paid at the close.",
    "hold WHO keeps the talks open and lets them see how far off they are and which clause weighs most: the bigger truth brings the better counter. hold WHO board names another clause.",
    "walk WHO ends the talks for two quarters and costs trust when a giant does it. Saying nothing is also an answer.",
];

const TABLE: &[&str] = &[
    "table WHO shows each clause: your terms, theirs, the gap from yours to theirs, and its state. Agreed is the same on both sheets; firm is what they have repeated; sticking is what they have said weighs most; the rest is open.",
    "worth WHO shows what your terms and theirs are worth to each side, row by row. The rows sum to the value a side decides on; it signs where that reaches what it signs from, which falls a little each round. worth WHO TERMS tries a change without sending it.",
];

const FORECAST: &[&str] = &[
    "forecast WHO tries your terms, or theirs where you have named none; forecast WHO TERMS others, forecast WHO route 2 a route. 200 possible worlds are made from what you know: what is hidden is drawn from the ranges you see, and what may happen from the level's deck. None of them has the luck of this game. Each is played for at most eight quarters by bots in every seat, yours too: once with the deal signed now, once with nothing signed between the two this quarter. From the fourth quarter on they negotiate in every second one only.",
    "Shown are your score and the three goals that weigh most in it: the median, and in brackets what four worlds in five lie between. A range across zero says that the deal may go either way. Due diligence narrows what is drawn. Whether the other side would sign is not asked.",
    "Example: forecast {who} 10 at 100 access early 8",
];

const QUARTER: &[&str] = &[
    "A quarter is talks, then a plan, then the close. Talks go in rounds; a round is offers, then answers. Everybody decides unseen, and done lets all of it happen at once. Offers stand until they are replaced or the quarter's talks end.",
    "pass leaves this quarter's talks and goes to the plan, unless somebody puts terms before you. In the plan, close (or done) closes the quarter; levers left alone stay where they were.",
];

const PRICE: &[&str] = &[
    "price SEGMENT INDEX sets a list price against the opening's, 0.60 to 1.60; price all INDEX sets every one. New demand pays it at once, the installed base comes over by a twelfth each quarter.",
    "A lower price wins more new demand now and earns less on all of it later. Which segments mind most is shown by plan.",
];

const PRODUCT_PRICE: &[&str] = &[
    "price INDEX sets what your products cost against the opening's, 0.60 to 1.60: price 1.05. New customers pay it at once, those you have come over by a quarter each quarter.",
    "1% dearer loses about 1% of new customers, slowly, and earns more on the rest. It matters little while you lack the compute to serve more: training and pace say how much there is.",
];

const ACCESS: &[&str] = &[
    "Access is which of a lab's models a cloud's customers can use, and how soon. resale: the models in its own shop; early: before others; exclusive: nowhere else. It is counted as points from the frontier: the best models a cloud's customers can have, its own among them.",
    "New demand goes where the models are; how much, market and why win-rate show. A lab whose policy is open leaves no leave to resell for sale (help policy). Rights end with their term, and loosen gives them up before.",
];

const INCOME: &[&str] = &[
    "Operating income is what the core business, the cloud and clauses of deals bring, before tax and interest; the goal counts it a year, four times the quarter's.",
    "Cash moves by more than that: tax, interest, what is paid out, what capacity costs when it is ordered, money put into labs. books lists every posting, why cash sums them.",
    "Below its floor a giant borrows. From ten turns of debt to earnings lenders cut its orders, from twenty they stop them.",
];

const ORDER: &[&str] = &[
    "order GW orders capacity: paid now, on line in four quarters, worn by 1.5% a quarter, never taken back. At 97% of capacity a cloud is full: it turns demand away, and customers notice before that.",
];

const RESEARCH: &[&str] = &[
    "research BN sets the quarterly budget for your own models, from half the opening one to three times it. Spending turns into compute over about three quarters; twice the compute is worth about two points, so money alone does not buy the frontier.",
];

const PUSH: &[&str] = &[
    "push SEGMENT sends the sales people after one segment: more of its new demand, a little less of every other. push none spreads them again. It costs nothing but the choice.",
];

const ATTENTION: &[&str] = &[
    "Attention is three points a quarter and is not saved. A giant spends one for each table it acts at; a lab's first three tables take none, each further one a point. A look into a lab's books or a claim takes one, a rumour set about one, lobbying and the press as many as you give them.",
    "lobby 2 spends two on the regulator; each takes 3 points off heat, which weighs on market value and on what a stake costs. press 1 spends one on the press: a small lift for a giant's market value or a lab's products, half the harm of rumours about you, and a chance of 35% to clear up what is said about you.",
];

const CLAIMS: &[&str] = &[
    "claim WHO RIVAL 12 at 150 tells WHO, in sealed offers, that RIVAL has named $12bn at $150bn on your other table. It may be true or not. Who believes it comes your way by as much as it believes. One claim a table and quarter.",
    "Belief is the word's credit (two thirds at first, more for what was borne out, much less for each lie exposed) times plausibility: what the giant can pay by its published cash, how far the price is from the lab's value, and what covenants allow. A claim is verified or exposed by a signature, a leak, due diligence or those it is about answering the press; without such a deal it is doubtful once the talks end. A lie exposed is public, and costs a giant trust, a lab the other side's patience.",
    "Talks may leak after each round, the more easily the longer they last and the more tables are open: everybody hears two sums each figure lies between. plant GIANT LAB 12 at 150 sets about a rumour that looks the same; plant trouble RIVAL says that a rival is in trouble. Both take a point of attention and may be traced. rumours shows all that is about.",
];

const DILIGENCE: &[&str] = &[
    "investigate LAB sends people through a lab's books: what you know of its cash, credits, burn, runway and trust comes in ranges half as wide for four quarters, and exact after a second look meanwhile. investigate claim WHO looks into what WHO claimed this quarter or last: four times in five you learn whether it is true. Each takes a point of attention; nobody else is told, unless a lie is exposed.",
];

const REGULATORS: &[&str] = &[
    "regulators shows every giant's heat, the inquiries under way with their dates, and what you could give up. Heat rises with stakes, exclusive rights and seats on labs' boards, and with share of a concentrated cloud market; it lowers market value and makes an inquiry likelier.",
    "An inquiry takes four to six quarters and a point of attention in each. It is cleared, or ends in remedies: exclusive rights undone, a seat on the board given up, a cloud that customers leave with more ease; seldom a fine, or a stop to money or compute still to come.",
    "loosen WHO exclusivity|access|board|consent|chips|licence|bar gives up, at the close, exclusive rights, sole use of the models (early access stays), a seat on the board (a director stays on as an observer), the right of consent, the part on your own chips, the licence, or the bar on other investors. It cools heat, helps an inquiry with that lab to end cleared, and earns the lab's trust; exclusive rights lost cost market value. It costs no attention.",
];

const CHIPS: &[&str] = &[
    "chips INDEX sets a chip maker's price. Everybody's gigawatts cost more or less with it; buyers turn to other chips slowly and stay away, and clouds with chips of their own build more on them.",
    "favour WHO names clouds to serve first. When more is ordered than can be shipped, they get all of it as far as it goes and the others share the rest; what is short comes a quarter late. In a chip shortage the favoured are served first too. favour none treats all alike.",
    "market shows what is wanted and what can be shipped; rivals, who builds on chips of its own.",
];

const CIRCULAR: &[&str] = &[
    "Circular money is what an investor puts into a lab and earns back as its own revenue: compute the lab rents from it, or chips that others buy to serve the lab. It is counted until the sum put in is used up.",
    "It lifts earnings, and the market takes its growth for lasting. When a downturn comes, the lab needs a rescue or its sales disappoint, the market takes back one and a half times what it had counted on; for some quarters credit costs more and orders are cut.",
];

const LAB: &[&str] = &[
    "pace X grows compute at X times the plan (0 to 2.5). training PCT is the part of compute that trains (20 to 90); the rest serves paying customers. hire PCT changes staff in the quarter (−10 to 25). price X is the product price. More of everything costs runway.",
];

const PROCESS: &[&str] = &[
    "A lab says how its talks are held, in the first offers for this quarter or in the plan for the next, and everybody knows.",
    "· process private: offers are seen and answered as they come.",
    "· process competition: giants hand in sealed bids. Nobody sees them, the lab included, until the last answers; there is no second chance then, so bidders bid closer to the most they would pay. The lab signs as many as it likes, or none.",
    "· process alone WHO FEE: an offer to talk with one giant only (bankers say no-shop). When it pays the fee, the other tables shut for the quarter; until then talks are private. A giant pays with alone WHO.",
    "template SUM at PRICE no board no exclusivity publishes what the lab asks for. Sum and price are for all giants to see; what it refuses (board: directors; exclusivity; exclusive: exclusive access; bar; tranche) is off every table while the template stands. template none takes it back.",
    "Example: template 8 at 120 no board no exclusivity",
];

const PEOPLE: &[&str] = &[
    "A lab's staff watch its charter. Morale is drawn down by independence near or under the charter's floor, by less than two quarters of cash, by hiring too fast (over 12% a quarter) or laying off, and by falling behind the frontier; a broken charter and a rescue shock it. Below 60% talent leaves, each quarter more, and part of it goes to whoever is content, rich and near the frontier.",
    "Your three points of attention go to your people: retreat N (board and staff sit together: 6 points of morale each) and recruit N (0.05 points of talent each). Hiring above 8% a quarter brings talent too, hiring below loses it.",
    "policy open lets every cloud resell your models: more reach, a little independence, and nothing left to sell at that tier in talks. policy partners keeps them for those who sign. policy restrained keeps the interface for chosen customers: fewer sales, more independence, and staff who approve.",
];

const GOALS: &[&str] = &[
    "Each goal gives credit from 0 to 100% in a straight line between two values; credits times weights are the raw score. The level's scale turns it into the score: 0 is what a seat gets by doing nothing, 100 the best known play. Bronze from 30, silver from 60, gold from 90.",
];

const WHY: &[&str] = &[
    "why shows what the last quarter did to you: figures before and after, what moved them, and every dollar that moved your cash.",
    "why WHAT explains one figure, row by row, down to the decision or the deal behind each: win-rate, share, cash, market-value, capability; of a lab cash, capability, revenue, burn, runway, independence, valuation. Add a name for somebody else's, since 0 to look back to the opening, all for every row. The rows sum to the change.",
    "books lists the postings themselves, history the quarters side by side.",
];

const DILEMMA: &[&str] = &[
    "At least every second quarter something is put to you that has two or three answers, each with a price. All their effects are shown; where luck decides, its chance is. choose 2 (or answer dilemma 2) gives the second answer, at any time in the quarter; it takes effect at the close. Saying nothing means the answer that is named for silence.",
    "Appeal is what customers see in a provider or product: +0.10 wins about two and a half points of win rate for one who wins half, less for one who wins little.",
];

const CARDS: &[&str] = &[
    "Those whose score is in the lowest third after certain quarters are dealt a card. It can be played once, in a plan, when it suits: cards shows what it does, play NAME plays it. Everybody reads of it.",
];

const CALENDAR: &[&str] = &[
    "calendar lists every date you can know: what of a deal lapses or falls due, capacity on its way, cash that runs out, goals that are judged, what has been announced. The front page shows the next ones. A term that holds through a quarter ends with that quarter's close.",
];

const BRANCH: &[&str] = &[
    "branch QUARTER takes a closed quarter up again, under the same luck, with the bots answering what you do now. It is practice: nothing of it counts or is saved, and it ends where the game stands, so that nobody sees luck still to come. back, or that end, returns to the game and sets the two lines of play side by side, quarter by quarter: your score, your goals, and what was signed in one and not in the other.",
    "The difference is split in two: what your other decisions make of it while everybody else decides as they did, and what the others' answers add. What you decided in later quarters is kept where it is legal and means the same; what could not be kept is listed.",
];

const UNDO: &[&str] = &[
    "undo takes back your last decision of this step. Nobody has seen it yet. Once done is typed the world has moved, and nothing is taken back.",
];

const SAVE: &[&str] = &[
    "The game saves itself after every quarter and when you quit. save NAME keeps it under a name of its own.",
];
