#include "text/word_lists.h"

namespace cento {
namespace {

// Each word stands between two spaces, in the order of their bytes, whatever their languages.
constexpr std::string_view kTitleWords =
    " Adm Brig Capt Cdr Cmdr Col Cpl Dr Dra Fr Ft Gen Gov Hon Hr Lt Maj Mlle Mme Mr Mrs Ms Mt "
    "Mtro Pfc Pres Prof Pvt Rep Reps Rev Sen Sens Sgt Sr Sra Srta St Sta Ste Sto Supt Ud Uds ";

constexpr std::string_view kInnerWords =
    " Abb Hrsg Univ Zit allg altgr approx bspw bzgl bzw ca cf circa d.h e.g eg eigtl elev engl "
    "entspr evtl frz geb gegr gest ggf griech i.d.R i.e ie inkl insb mind mtl o.ä orig p.ej "
    "pron resp russ s.o s.u sog spp ssp subsp syn translit u.a urspr v.a verh vgl viz vs wg "
    "z.B zit zzgl ";

constexpr std::string_view kBeforeNumberWords =
    " Abs Apr Art Aug Bd Ch Chap Dec Eq Feb Fig Figs Jan Jul Jun Kap Mar No Nos Nov Nr Oct Okt "
    "Op Pos Sec Sep Sept Tab Tel Vol Vols art c cap ch chap col cols eq eqs fig figs fol no "
    "nos nr núm op p pp pt pts pág págs sec sect tab v vol vols § ";

constexpr std::string_view kMayEndWords =
    " Ala Ariz Assn Ave Blvd Bros Calif Chr Co Conn Corp Dept Fla Ill Inc Jh Jhd Jhdt Jr Ltd "
    "Ltda Mass Minn Mio Miss Mrd Okla Penn Plc Rd Std Tenn Tex Va Wash Wis a.m al bzw.a dept "
    "ed eds est et etc excl incl max mill min mio p.m pkt u.v.m usf usw ";

constexpr std::string_view kSentenceStarterWords =
    " A Add Added After Al Algunos All Als Also Although Am An And Another Any As Así At Auch "
    "Auf Aunque Aus Because Before Bei Bis Both But By Call Calls Changed Como Con Cuando Da "
    "Dabei Damit Dann Das Dass Dem Den Deprecated Der Des Desde Despite Después Die Dies Diese "
    "Dieser Dieses Due Durante Durch During Each Early Ein Eine Einem Einen Einer Either El "
    "Ella Ellos En Entonces Entre Er Es Esta Estas Este Esto Estos Even Every Few First For "
    "From Further Furthermore Für Given Hasta He Hence Her Here Hier His How However I If Ihr "
    "Ihre Im In Instead Ist It Its La Las Later Like Lo Los Many Mientras Mit More Moreover "
    "Most Much Muchos Nach Nachdem Nevertheless Next No Noch Not Note Now Nur Ob Obwohl On "
    "Once One Only Or Other Others Our Over Para Pero Por Porque Raise Raises Return Returns "
    "Se See Según Sein Seine Seit Set Several She Si Sie Similarly Sin Since So Sobre Some "
    "Sowie Su Such Sus También Than That The Their Then There Therefore These They This Those "
    "Though Through Throughout Thus To Today Tras Trotz Two Um Un Una Und Under Unlike Uno "
    "Unter Until Upon Use Using Viele Vom Von Vor We Wenn What When Where Whereas Whether "
    "Which While Who Why Wie With Within Without Während Y Yet You Your Zu Zum Zur Él ";

constexpr std::string_view kConnectorWords =
    " & al and aus bin d da das de dei del della den der des di do dos du e el for het ibn im "
    "la las le les los of sur ten ter the to und van vom von y zum zur ";

constexpr std::string_view kGoesOnWords =
    " a about al als am an and any are as at auf aus be been bei between but by can con could "
    "das dass de del dem den der des die do does durch e each ein eine einem einen einer el en "
    "es for from für had has have if im in into is ist it its la las los may might mit must "
    "nach nicht no nor not o oder of ohne on one or our over para per por que se shall should "
    "sich sie sin sind so some su such than that the their these they this those through to um "
    "un una und under unter until upon von vor war was we were when where whether which while "
    "who will wird with within without would y you your zu zum zur ";

constexpr std::string_view kMonthWords =
    " Apr April Aug August Dec December Dez Dezember Feb Februar February Jan Januar January "
    "Jul Juli July Jun June Juni Mai Mar March May März Nov November Oct October Okt Oktober "
    "Sep Sept September abril agosto diciembre enero febrero julio junio marzo mayo noviembre "
    "octubre septiembre setiembre ";

constexpr std::string_view kGermanOrdinalWords =
    " April August Dezember Februar Jahrhundert Jahrhunderts Januar Jh Jhd Juli Juni Mai März "
    "November Oktober Platz September ";

constexpr std::string_view kMeasureModifierWords =
    " US astronomical cu cubic fluid imperial light long metric nautical short solar sq square "
    "statute troy ";

constexpr std::string_view kMeasureWords =
    " Btu C Einwohner Euro Euros F GB GHz GW GWh Gbit Gbps GiB Hz J Jahre Jahren K KB Kbps KiB "
    "Kilogramm Kilometer Kilometern L Liter MB MHz MW MWh Mbit Mbps Meter Metern MiB Milliarde "
    "Milliarden Millimeter Million Millionen Mio Monate Monaten Mrd PB Pa Prozent "
    "Quadratkilometer Stunden TB THz TW TWh Tage Tagen TiB Tonnen V W Wh Wochen acre acres atm "
    "años bar barrel barrels bbl billion billions bit bits bps byte bytes cent centimeter "
    "centimeters centimetre centimetres cents ciento cm dB day days degree degrees dollar "
    "dollars días eV euro euros feet foot ft g gallon gallons gram grams h ha habitantes "
    "hectare hectares hectáreas hl horas hour hours hp hundred hundreds inch inches "
    "inhabitants kB kHz kV kW kWh kbps kg kilobyte kilobytes kilogram kilograms kilometer "
    "kilometers kilometre kilometres kilómetros km knots kph kt l lb lbs liter liters litre "
    "litres m mA megabytes meses meter meters metre metres metros mg mi microseconds mil mile "
    "miles miligrams mill milligrams millimeter millimeters millimetre millimetres million "
    "millions millisecond milliseconds millones millón min minute minutes minutos mm mol month "
    "months mpg mph ms nanoseconds nm ns ohm ohms ounce ounces oz pence people percent "
    "percentage persons pint pints point points pound pounds ppm psi px quart quarts rupees s "
    "sec second seconds secs segundos t thousand thousands times ton toneladas tonne tonnes "
    "tons trillion trillions volts watt watts week weeks yard yards yd year years yen yuan µm "
    "µs μm μs ";

constexpr std::string_view kCurrencyCodeWords =
    " AUD BRL CAD CHF CNY DKK EUR GBP HKD INR JPY KRW MXN NOK NZD PLN RUB Rs SEK SGD TRY USD "
    "ZAR ";

constexpr std::string_view kEraWords = " A.D AD AH B.C B.C.E BC BCE C.E CE aC dC ";

constexpr std::string_view kDayPartWords = " AM GMT PM UTC Uhr a.m am hrs p.m pm ";

constexpr std::string_view kLeansBackWords =
    " aber accordingly additionally además also alternatively although another auch außerdem "
    "both but ce cependant ces cette consequently conversely daher dann davon dennoch deshalb "
    "diese dieser dieses einerseits either ella elle elles ellos else er es ese esos esta estas "
    "este esto estos finally furthermore he hence her here him his however ihr ihre il ils "
    "instead it its jedoch likewise meanwhile moreover neither nevertheless nonetheless or "
    "otherwise pero secondly sein seine she sie similarly so still su such sus también that "
    "their them then there thereafter thereby therefore these they this those though thus too "
    "yet zudem él ";

constexpr std::string_view kLeansBackPairWords =
    " and_it and_that and_the and_this as_a as_such at_that at_this by_contrast con_ello "
    "despite_these despite_this for_example for_instance for_this from_here in_addition in_both "
    "in_contrast in_fact in_general in_other in_particular in_such in_that in_these in_this "
    "of_these por_ejemplo por_ello por_eso sin_embargo the_above the_former the_latter the_other "
    "the_others the_same to_this with_this zum_beispiel ";

constexpr std::string_view kClauseOpenerWords =
    " after although aunque because before bevor cuando dass ehe falls if lest mientras nachdem "
    "ob obwohl once porque puesto si since sobald sofern solange though unless until weil wenn "
    "when whenever whether while während ";

constexpr std::string_view kAuxiliaryWords =
    " am are bin bist can could darf did do does es está están fue haben had has hat have hay is "
    "ist kann können may might muss must puede shall should sind soll son tiene war waren was "
    "werden were will wird would ";

constexpr std::string_view kAskedByWords =
    " combien comment cuál cuáles cuándo cuánta cuántas cuánto cuántos cómo dónde how où "
    "pourquoi quand quel quelle quelles quels qui quién quiénes quoi qué wann warum was welche "
    "welchem welchen welcher welches wem wen wer weshalb wessen what when where which who whom "
    "whose why wie wieso wieviel wo woher wohin womit ";

constexpr std::string_view kAskerWords = " du i ich tu we wir yo you 你 我 ";

constexpr std::string_view kNegationWords =
    " cannot jamais jamás kein keine keinem keinen keiner keines never nicht nie niemals no non "
    "nor not nunca pas لا لم لن ليس 不 没 ";

constexpr std::string_view kNumberWords =
    " acht billion cinco cuatro diez dos drei eight eighteen eighth eighty eleven fifteen fifth "
    "fifty first five forty four fourteen fourth fünf hundred million neun nine nineteen ninety "
    "ninth nueve ocho one sechs second seis seven seventeen seventh seventy sieben siete six "
    "sixteen sixth sixty ten tenth third thirteen thirty thousand three tres twelve twenty two "
    "vier zehn zwei أربعة ألف اثنان تسعة ثلاثة ثمانية خمسة سبعة ستة عشرة مئة واحد 一 七 万 三 两 "
    "九 二 "
    "五 亿 八 六 十 千 四 百 零 ";

constexpr std::string_view words_of(WordList list) {
  switch (list) {
    case WordList::kTitle: return kTitleWords;
    case WordList::kInner: return kInnerWords;
    case WordList::kBeforeNumber: return kBeforeNumberWords;
    case WordList::kMayEnd: return kMayEndWords;
    case WordList::kSentenceStarter: return kSentenceStarterWords;
    case WordList::kConnector: return kConnectorWords;
    case WordList::kGoesOn: return kGoesOnWords;
    case WordList::kMonth: return kMonthWords;
    case WordList::kGermanOrdinal: return kGermanOrdinalWords;
    case WordList::kMeasureModifier: return kMeasureModifierWords;
    case WordList::kMeasure: return kMeasureWords;
    case WordList::kCurrencyCode: return kCurrencyCodeWords;
    case WordList::kEra: return kEraWords;
    case WordList::kDayPart: return kDayPartWords;
    case WordList::kLeansBack: return kLeansBackWords;
    case WordList::kLeansBackPair: return kLeansBackPairWords;
    case WordList::kClauseOpener: return kClauseOpenerWords;
    case WordList::kAuxiliary: return kAuxiliaryWords;
    case WordList::kAskedBy: return kAskedByWords;
    case WordList::kAsker: return kAskerWords;
    case WordList::kNegation: return kNegationWords;
    case WordList::kNumberWord: return kNumberWords;
  }
  return {};
}

constexpr bool are_ordered() {
  for (int i = 0; i <= static_cast<int>(WordList::kNumberWord); ++i) {
    std::string_view rest = words_of(static_cast<WordList>(i)).substr(1);
    std::string_view last;
    for (; !rest.empty(); rest.remove_prefix(last.size() + 1)) {
      const std::string_view word = rest.substr(0, rest.find(' '));
      if (word <= last) return false;
      last = word;
    }
  }
  return true;
}
static_assert(are_ordered(), "a word that stands out of order or twice is not found");

}  // namespace

bool is_listed(WordList list, std::string_view word) {
  const std::string_view words = words_of(list);
  size_t begin = 0;  // the spaces before and behind the words that it may be
  size_t end = words.size() - 1;
  while (begin < end) {
    size_t before = (begin + end) / 2;
    while (words[before] != ' ') --before;
    size_t at = before + 1;
    size_t same = 0;
    while (same < word.size() && word[same] == words[at] && word[same] != ' ') ++same, ++at;
    if (same == word.size() && words[at] == ' ') return true;
    if (same == word.size() || static_cast<uint8_t>(word[same]) < static_cast<uint8_t>(words[at])) {
      end = before;
    } else {
      while (words[at] != ' ') ++at;
      begin = at;
    }
  }
  return false;
}

bool is_function_word(std::string_view folded) {
  return is_listed(WordList::kGoesOn, folded) || is_listed(WordList::kAuxiliary, folded) ||
         is_listed(WordList::kAskedBy, folded);
}

}  // namespace cento
