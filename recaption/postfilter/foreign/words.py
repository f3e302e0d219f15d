"""Words of the languages that models slip into: function words, and what captions are full of."""

from __future__ import annotations

from recaption.postfilter.vocabulary import listed

SPANISH = listed(
    """el la los las un una unos unas del al de a y e o u que en con por para sin su sus se le les lo nos me te mi tu
    es son está están estaba era fue ser estar hay ha han he tiene tienen hace hacen muy más menos pero como
    mientras cuando donde porque aunque también tampoco ya no ni sí sobre entre hacia desde hasta bajo durante antes
    después luego entonces ahora aquí allí así casi solo sólo cada otro otra otros otras todo toda todos todas nada
    nadie algo alguien mucho mucha muchos muchas poco poca este esta estos estas ese esa esos esas eso esto él ella
    ellos ellas uno dos tres cuatro cinco vez veces quien cual según contra alrededor dentro fuera arriba abajo
    detrás delante cerca lejos izquierda derecha fondo lado despacio lentamente rápidamente suavemente
    tranquilamente nuevamente mira miran camina caminan corre corren ríe ríen sonríe sonríen salta saltan cae caen
    abre abren cierra toma da dan lleva llevan sostiene levanta gira empieza comienza sigue siguen viene vienen va
    van sale salen entra entran llega habla hablan canta cantan baila bailan juega juegan come comen bebe corta tira
    lanza grita gritan llora aplaude aplauden vuela vuelan brilla mueve mueven espera esperan ladra oye decir hacer
    hombre hombres mujer mujeres niño niña niños niñas gente público multitud perro gato pájaro caballo mano manos
    cabeza cara ojos calle ciudad noche día mañana tarde sol luna cielo mar viento lluvia nieve fuego agua luz mesa
    silla puerta ventana pared suelo coche tren barco música árbol sonrisa cuidado silencio rojo roja azul verde
    blanco blanca negro negra amarillo pequeño pequeña grande viejo vieja joven ambas ambos repente silenciosamente
    cuidadosamente detenidamente aún cerrado cerrados cerrada abierto abiertos desaparece aparece termina acaba
    queda quedan pasa pasan vuelve vuelven"""
)
FRENCH = listed(
    """le la les un une des du de au aux à et ou où que qui dont dans en avec sans pour par sur sous chez son sa ses
    leur leurs mon ma mes ton ta ce cet cette ces se ne pas plus moins est sont était étaient être a ont avait avoir
    fait font très mais comme pendant tandis quand lorsque parce aussi déjà encore toujours jamais souvent puis
    ensuite alors enfin soudain ici là ainsi presque seulement chaque autre autres tout toute tous toutes rien
    personne quelque quelques beaucoup peu il elle ils elles on nous vous lui eux deux trois quatre cinq fois entre
    vers depuis jusque contre autour dedans dehors haut bas derrière devant près loin gauche droite fond côté
    lentement doucement rapidement vite regarde regardent marche marchent court courent rit rient sourit sourient
    saute sautent tombe tombent ouvre ouvrent ferme prend prennent donne tient tiennent lève tourne commence
    commencent continue vient viennent va vont sort arrive parle parlent chante chantent danse dansent joue jouent
    mange mangent boit coupe lance crie crient pleure applaudit applaudissent vole volent nage brille bouge attend
    attendent aboie pose homme hommes femme femmes enfant enfants garçon fille gens foule public monde chien chat
    oiseau cheval main mains tête visage yeux rue ville nuit jour matin soir soleil lune ciel mer vent pluie neige
    feu eau lumière table chaise porte fenêtre mur sol voiture train bateau musique arbre branche sourire soin mot
    silence vitesse rouge bleu bleue vert verte blanc blanche noir noire jaune petit petite grand grande vieux
    vieille jeune tranquillement silencieusement prudemment brusquement tranquille fermés fermé ouvert ouverts coup
    par-dessus au-dessus par-dessous au-dessous là-bas"""
)
GERMAN = listed(
    """der die das den dem des ein eine einen einem einer eines und oder aber denn mit von vom zu zum zur im in am an
    auf aus bei beim nach vor über unter durch für ohne um gegen neben zwischen hinter sich ist sind war waren wird
    werden wurde hat haben hatte kann nicht auch noch nur schon sehr wie als wenn während bis dann danach dort hier
    da so er sie es wir ihr ihm ihn ihnen ihre ihren ihrem sein seine seinen seinem man alle alles jeder jede
    niemand nichts etwas viele wenige einige andere dieser diese dieses zwei drei vier fünf mal wieder immer nie
    plötzlich sofort langsam schnell leise laut vorsichtig weiter ganz fast links rechts oben unten hinten vorne
    nahe weit herum vorbei zurück hin her läuft laufen geht gehen sieht sehen schaut schauen blickt lacht lachen
    lächelt lächeln steht stehen sitzt sitzen liegt liegen hält halten fällt fallen springt springen rollt öffnet
    schließt nimmt gibt hebt dreht beginnt kommt kommen spricht sprechen singt singen tanzt tanzen spielt spielen
    isst trinkt schneidet wirft ruft rufen schreit weint klatscht klatschen applaudiert jubelt jubeln fliegt fliegen
    schwimmt leuchtet bewegt wartet warten bellt regnen mann männer frau frauen kind kinder junge mädchen leute
    menge menschen publikum hund katze vogel pferd hand hände kopf gesicht augen straße stadt nacht tag morgen abend
    sonne mond himmel meer wind regen schnee feuer wasser licht tisch stuhl tür fenster wand boden auto zug schiff
    ball musik baum hintergrund wort rot rote blau grün weiß schwarz gelb klein kleine groß große alt alte jung
    sanft behutsam einmal beiden beide gleichzeitig schließlich zuerst erneut ruhig kurz sorgfältig geschlossenen
    offenen ende anfang mitte seite rand ferne nähe augenblick"""
)
ITALIAN = listed(
    """il lo la i gli le un uno una del dello della dei degli delle al allo alla ai alle dal dalla nel nello nella nei
    nelle sul sullo sulla sulle di a da in con su per tra fra e ed o che chi cui si ne non è sono era erano essere
    ha hanno più meno molto ma come mentre quando dove perché anche ancora già mai sempre poi dopo prima adesso qui
    lì così quasi solo ogni altro altra altri tutto tutta tutti tutte niente nulla nessuno qualcosa qualcuno poco
    questo questa questi quello quella suo sua suoi sue loro lui lei due tre quattro cinque volta verso sotto sopra
    dietro davanti dentro fuori vicino lontano intorno sinistra destra sfondo senza lentamente velocemente piano
    improvvisamente guarda guardano cammina camminano corre corrono ride ridono sorride sorridono salta saltano cade
    cadono apre aprono chiude prende tiene tengono alza gira comincia inizia continua viene vengono va vanno esce
    entra arriva parla parlano canta cantano balla ballano gioca giocano mangia mangiano beve taglia lancia grida
    piange applaude applaudono vola volano nuota brilla muove aspetta aspettano abbaia dire uomo uomini donna donne
    bambino bambina bambini ragazzo ragazza gente folla pubblico cane gatto uccello cavallo mano mani testa viso
    occhi strada città notte giorno mattina sera sole luna cielo mare vento pioggia neve fuoco acqua luce tavolo
    sedia porta finestra muro macchina treno barca musica albero palco sorriso silenzio rosso rossa blu verde bianco
    bianca nero nera giallo piccolo piccola grande vecchio giovane entrambe entrambi delicatamente rapidamente
    dolcemente attentamente chiusi aperti subito insieme"""
)
PORTUGUESE = listed(
    """o a os as um uma uns umas do da dos das no na nos nas ao à aos às pelo pela de em com sem por para sob e ou que
    quem se não é são está estão era foi ser estar há tem têm faz muito muita muitos mais menos mas como enquanto
    quando onde porque também já ainda sempre nunca depois antes então agora aqui ali assim quase só apenas cada
    outro outra outros todo toda todos todas tudo nada ninguém alguém algo pouco este esta esse essa isso ele ela
    eles elas seu sua seus suas dois duas três quatro cinco vez vezes mesmo entre até desde sobre contra durante
    dentro fora acima abaixo atrás frente perto longe redor esquerda direita fundo devagar lentamente rapidamente
    olha olham caminha caminham corre correm ri riem sorri sorriem salta pula cai caem abre abrem fecha pega dá
    segura levanta vira começa continua vem vêm vai vão sai entra chega fala falam canta cantam dança dançam joga
    brinca come comem bebe corta atira grita gritam chora aplaude aplaudem voa voam brilha move espera esperam late
    percebe buzina dizer homem homens mulher mulheres menino menina criança crianças gente multidão público mundo
    cachorro gato pássaro cavalo mão mãos cabeça rosto olhos rua cidade noite dia manhã tarde sol lua céu mar vento
    chuva neve fogo água luz mesa cadeira porta janela parede chão carro trem barco música árvore sorriso silêncio
    tempo vermelho vermelha azul verde branco branca preto amarelo pequeno pequena grande velho velha jovem ambas
    ambos repente cuidadosamente silenciosamente lado fechados abertos calmamente"""
)
DUTCH = listed(
    """de het een en of van in op met voor aan bij naar uit over onder door om tot tegen naast achter langs rond zonder
    tussen tijdens na is zijn was waren wordt worden heeft hebben had kan niet ook nog maar al zeer heel als dan
    toen terwijl wanneer waar omdat hij zij ze hun haar hem zich deze dit dat die er daar hier zo bijna alleen elke
    ieder iedereen niemand niets iets alles alle veel weinig andere twee drie vier vijf keer weer altijd nooit
    plotseling meteen langzaam snel zacht zachtjes luid verder samen links rechts boven beneden ver dichtbij terug
    voorbij achtergrond kijkt kijken loopt lopen rent lacht lachen glimlacht staat staan zit zitten ligt liggen
    houdt valt vallen springt opent sluit neemt geeft tilt draait begint komt komen gaat gaan spreekt praat zingt
    danst speelt spelen eet drinkt snijdt gooit roept schreeuwt huilt klapt klappen applaudisseert juicht vliegt
    zwemt schijnt beweegt wacht wachten blaft regenen man mannen vrouw vrouwen kind kinderen jongen meisje mensen
    menigte publiek hond kat vogel paard handen hoofd gezicht ogen straat stad nacht dag ochtend avond zon maan
    lucht zee wind regen sneeuw vuur water licht tafel stoel deur raam muur grond auto trein schip bal muziek boom
    glimlach woord rood rode blauw groen wit witte zwart zwarte geel klein kleine groot grote oud oude jong
    voorzichtig rustig allebei gesloten overkant opnieuw tegelijk"""
)
SCANDINAVIAN = listed(
    """en ett et den det de och og att at i på av af med till til från fra för for som om under över over mellan mellom
    mellem bakom bak framför foran runt rundt omkring utan uten uden är er var har hade inte ikke kan men eller
    också også även än bara bare mycket mye meget så när når då da där der här her han hon hun dem hans hennes
    hendes sin sitt sina seg sig jag jeg vi ni alla alle allt alt ingen inget intet någon noen nogen något noe noget
    många mange några annan andre andra andet två to tre fyra fire fem gång gang igen igjen alltid altid aldrig
    aldri plötsligt pludselig plutselig långsamt langsomt sakta snabbt hurtigt raskt tyst högt vidare videre
    tillsammans sammen vänster venstre höger høyre højre upp opp ned ner bort tillbaka tilbage tilbake bakgrunden
    bakgrunnen baggrunden tittar ser går springer skrattar ler griner smiler står sitter sidder ligger håller holder
    faller falder hoppar hopper öppnar åpner åbner tar tager ger gir lyfter vänder börjar begynner begynder kommer
    talar snakker taler sjunger synger dansar danser leker spelar spiller äter spiser dricker drikker skär kastar
    kaster ropar roper råber gråter græder klappar klapper applåderar jublar jubler flyger flyr flyver simmar lyser
    rör väntar venter skäller bjeffer gør gjør man mann mand kvinna kvinne kvinde barn barnen barna børnene pojke
    flicka folk publiken hund hunden katt kat fågel fugl häst hest händer hender hænder huvud hode hoved ansikte
    ögon gatan gata gade stad natt nat dag morgon kväll solen himmel havet vind regn regnet snö snø sne eld vatten
    vann vand ljus lys bord stol dörr dør fönster vindue vägg bil tåg tog båt boll musik träd leende röd rød blå
    grön grønn svart vit hvit gul liten lille stor gammal ung försiktigt forsiktig forsigtigt långsam sakte stilla
    stille båda begge slutna sidan"""
)
POLISH = listed(
    """nie się jest są był była było być że jak tak za dla do na od po w we z ze o u i a ale oraz lub albo więc czy ten
    ta to tego tej tym te ci jego jej ich swój swoje swoją który która które gdy kiedy gdzie ponieważ także też
    również tylko już jeszcze zawsze nigdy potem następnie teraz tutaj tu tam bardzo prawie każdy wszyscy wszystko
    wszystkie nikt nic ktoś coś dużo wiele kilka inny inna dwa dwie trzy cztery pięć raz razem przez przed przy nad
    pod między obok wokół podczas bez ku lewo prawo góra dół daleko blisko tle powoli szybko cicho głośno nagle
    patrzy patrzą idzie idą biegnie śmieje śmieją uśmiecha stoi stoją siedzi siedzą leży trzyma spada spadają skacze
    otwiera zamyka bierze daje podnosi obraca zaczyna przychodzi mówi śpiewa tańczy gra grają bawi je pije kroi
    rzuca woła krzyczy krzyczą płacze klaszcze klaszczą bije brawo wiwatuje leci płynie świeci porusza czeka czekają
    szczeka zauważa gwiżdże mężczyzna kobieta dziecko dzieci chłopiec dziewczyna ludzie tłum publiczność pies kot
    ptak koń ręka ręce głowa twarz oczy ulica ulicy miasto noc dzień rano wieczór słońce księżyc niebo morze wiatr
    deszcz deszczu śnieg ogień woda wodę światło stół krzesło drzwi okno ściana ziemia samochód pociąg statek piłka
    muzyka drzewo uśmiech uśmiechem czerwony czerwona niebieski zielony biały czarny żółty mały mała duży stary
    młody ostrożnie spokojnie delikatnie drugiej stronie oboma zamkniętymi oczami"""
)
CZECH = listed(
    """je jsou byl byla bylo být že jak tak za pro do na od po v ve z ze o u s se si i a ale nebo když kde protože také
    jen už ještě vždy nikdy pak potom teď tady tam velmi skoro každý všichni všechno nikdo nic někdo něco mnoho
    několik jiný dva dvě tři čtyři pět jednou spolu před při nad pod mezi vedle kolem během bez který která které
    jeho její jejich svůj ten ta to této vlevo vpravo nahoře dole daleko blízko pozadí pomalu rychle tiše hlasitě
    náhle dívá dívají jde jdou běží směje smějí usmívá stojí sedí leží drží padá skáče otevírá zavírá bere dává
    zvedá otáčí začíná přichází mluví zpívá tančí hraje jí pije krájí hází volá křičí pláče tleská tleskají letí
    plave svítí čeká štěká muž žena dítě děti chlapec dívka lidé dav publikum pes kočka pták kůň ruka ruce hlava
    tvář oči ulice město noc den ráno večer slunce měsíc nebe moře vítr déšť dešti sníh oheň voda světlo stůl židle
    dveře okno zeď zem auto vlak loď míč hudba strom úsměv úsměvem červený modrý zelený bílý černý žlutý malý velký
    starý mladý"""
)
TURKISH = listed(
    """bir ve ile için de da bu şu o çok daha en gibi kadar sonra önce ama fakat veya hem ise yok var değil sadece yine
    hep hiç herkes hiçbir kimse şey her bazı diğer iki üç dört beş kez olarak olan iken içinde üzerinde altında
    arasında yanında önünde arkasında arka planda yavaşça hızla sessizce aniden birlikte tekrar sol sağ sola sağa
    yukarı aşağı uzakta yakın bakıyor bakıyorlar yürüyor koşuyor gülüyor gülümsüyor gülümseyerek duruyor oturuyor
    yatıyor tutuyor düşüyor zıplıyor açıyor kapatıyor alıyor veriyor kaldırıyor dönüyor başlıyor geliyor gidiyor
    konuşuyor şarkı söylüyor dans ediyor oynuyor yiyor içiyor kesiyor atıyor bağırıyor ağlıyor alkışlıyor uçuyor
    yüzüyor parlıyor bekliyor havlıyor adam kadın çocuk çocuklar insanlar kalabalık köpek kedi kuş at el eller baş
    yüz gözler sokak şehir gece gün sabah akşam güneş ay gökyüzü deniz rüzgar yağmur yağmurda kar ateş su ışık masa
    sandalye kapı pencere duvar yer araba tren gemi top müzik ağaç kırmızı mavi yeşil beyaz siyah sarı küçük büyük
    yaşlı genç dikkatlice dikkatli nazikçe kapalı gözleri elleri biraz hafifçe"""
)
INDONESIAN = listed(
    """yang dan di ke dari dengan untuk pada dalam oleh ini itu adalah tidak bukan ada akan sudah telah sedang juga
    atau tetapi tapi tanpa sambil saat ketika sementara para seorang sebuah seekor dia ia mereka kami kita nya
    sangat lebih lagi lalu kemudian setelah sebelum sampai hingga karena seperti hanya semua setiap banyak beberapa
    lain satu dua tiga empat lima kali selalu tiba-tiba perlahan cepat pelan bersama kembali kanan kiri atas bawah
    depan belakang samping dekat jauh antara sekitar melihat menatap memperhatikan berjalan berlari tertawa
    tersenyum berdiri duduk berbaring memegang jatuh melompat membuka menutup mengambil memberi mengangkat berputar
    mulai datang pergi berbicara bernyanyi menari bermain makan minum memotong melempar berteriak menangis bertepuk
    bersorak terbang berenang bersinar bergerak menunggu menggonggong pria wanita orang anak anak-anak laki-laki
    perempuan penonton kerumunan anjing kucing burung kuda tangan kepala wajah mata jalan kota malam hari pagi sore
    matahari bulan langit laut angin hujan salju api air cahaya meja kursi pintu jendela dinding tanah mobil kereta
    kapal bola musik pohon merah biru hijau putih hitam kuning kecil besar tua muda hati-hati lembut tenang tertutup
    kedua seberang sekali"""
)
VIETNAMESE = listed(
    """và của có là được một các những trong trên dưới ngoài với cho ra vào lên xuống về tại từ đến bên sau trước giữa
    này đó kia không chưa đã đang sẽ cũng rất lại khi thì mà như vì nhưng hoặc mọi người ai anh cô ông bà họ nó mình
    hai ba bốn năm lần đàn phụ nữ trẻ em con chó mèo chim ngựa tay đầu mặt mắt đường phố nhà đêm ngày sáng tối trời
    trăng biển gió mưa tuyết lửa nước ánh bàn ghế cửa sổ tường đất xe tàu bóng nhạc cây cười nụ khóc nhìn đi chạy
    đứng ngồi nằm cầm ngã nhảy mở đóng lấy đưa quay bắt nói hát múa chơi ăn uống cắt ném hét vỗ bay bơi chờ sủa chậm
    rãi nhanh bất ngờ cùng nhau đỏ xanh trắng đen vàng nhỏ lớn già nhẹ nhàng cẩn thận cách hơi hết cả"""
)
ROMANIAN = listed(
    """și în să este sunt era că pentru după când despre prin până fără între către spre încă apoi iar sau dar nu mai
    cu pe din la de un o care se lui ei lor își foarte doar toți toată toate nimeni nimic ceva cineva fiecare alt
    altă doi două trei patru cinci ori mereu încet repede brusc împreună stânga dreapta sus jos departe aproape
    fundal privește merge merg aleargă râde râd zâmbește stă stau ține cade cad sare deschide închide ia dă ridică
    începe vine vorbește cântă dansează joacă mănâncă bea taie aruncă strigă plânge aplaudă zboară înoată
    strălucește așteaptă latră bărbat femeie copil copii copiii lumea oameni mulțime câine câinele pisică pasăre cal
    mână mâini cap față ochi stradă oraș noapte zi soare cer mare vânt ploaie zăpadă foc apă lumină masă scaun ușă
    fereastră zâmbet roșu albastru verde alb negru galben mic bătrân tânăr"""
)
HUNGARIAN = listed(
    """a az és egy nem hogy csak ez azt ezt meg már még is de vagy mint mert így olyan itt ott úgy majd pedig aztán
    amikor ahol után előtt között alatt mellett mögött fölött nélkül felé felett két három négy öt mindenki senki
    minden semmi valaki valami sok kevés más újra mindig soha hirtelen lassan gyorsan halkan hangosan együtt balra
    jobbra fel le vissza háttérben néz néznek megy mennek fut nevet nevetnek mosolyog mosolyogva áll állnak ül ülnek
    fekszik tart esik ugrik kinyit vesz ad kezd jön beszél énekel táncol játszik eszik iszik vág dob kiabál sír
    tapsol tapsolnak repül úszik vár ugat férfi nő gyerek gyerekek emberek tömeg közönség kutya macska madár ló kéz
    kezek fej arc szem utca város éjszaka nap ég tenger szél eső hó tűz víz fény asztal szék ajtó ablak fal föld
    piros kék zöld fehér fekete sárga kis nagy öreg fiatal"""
)
FINNISH = listed(
    """ja on ei se ne hän he että oli ovat olla mutta kun niin myös kuin joka jotka tämä tuo sitten nyt vielä jo vain
    sekä tai kanssa jälkeen ennen ilman välillä alla päällä takana edessä vieressä ympärillä kohti kaksi kolme neljä
    viisi kaikki kukaan mitään jotain joku jokainen monta taas aina koskaan yhtäkkiä hitaasti nopeasti hiljaa
    yhdessä vasemmalle oikealle ylös alas taustalla katsoo katsovat kävelee juoksee nauraa nauravat hymyilee
    hymyillen seisoo istuu makaa pitää putoaa hyppää avaa sulkee ottaa antaa alkaa tulee menee puhuu laulaa tanssii
    leikkii soittaa syö juo leikkaa heittää huutaa itkee taputtaa taputtavat lentää ui loistaa odottaa haukkuu mies
    nainen lapsi lapset ihmiset yleisö koira kissa lintu hevonen käsi kädet pää kasvot silmät katu kaupunki yö päivä
    aurinko taivas meri tuuli sade sateessa lumi tuli vesi valo pöytä tuoli ovi ikkuna seinä maa punainen sininen
    vihreä valkoinen musta keltainen pieni iso vanha nuori"""
)
TAGALOG = listed(
    """ang ng mga na sa at ay ito siya sila niya nila kanyang kanilang habang upang dahil kung kapag pero hindi walang
    may mayroon isang dalawang tatlong lahat iba bawat muli dahan-dahan mabilis biglang magkasama kaliwa kanan itaas
    ibaba likod harap naglalakad tumatakbo tumatawa ngumingiti nakatayo nakaupo hawak nahulog tumatalon binuksan
    kumakain umiinom sumasayaw kumakanta naglalaro sumisigaw umiiyak pumapalakpak lumilipad lumalangoy naghihintay
    tumatahol lalaki babae bata tao aso pusa ibon kamay ulo mukha kalye gabi araw langit dagat hangin ulan tubig
    ilaw mesa pinto bintana pula asul berde puti itim"""
)
SWAHILI = listed(
    """na ya wa kwa ni katika hii huyo yake wao lakini pia kisha wakati mtu watu mwanamume mwanamke mtoto watoto mbwa
    paka ndege mkono mikono kichwa uso barabara usiku siku jua anga bahari upepo mvua maji mwanga meza mlango
    dirisha anatembea anakimbia anacheka wanacheka anatabasamu anasimama anakaa anashika anaruka anacheza wanacheza
    anaimba anakula polepole haraka pamoja nyekundu bluu kijani nyeupe nyeusi"""
)

LANGUAGES = (
    SPANISH,
    FRENCH,
    GERMAN,
    ITALIAN,
    PORTUGUESE,
    DUTCH,
    SCANDINAVIAN,
    POLISH,
    CZECH,
    TURKISH,
    INDONESIAN,
    VIETNAMESE,
    ROMANIAN,
    HUNGARIAN,
    FINNISH,
    TAGALOG,
    SWAHILI,
)

ALIKE = listed(
    """a ad ai air al ale alt am an arc arrive as at auto bail bal ball bare barn bay be board boom bra but cad cane
    cap care chant chat chi come commence con continue coup coupe court dag day den die din dire do dole door dos
    dove due e em encore era fallen fast femme fin fire font for form gang gens grand grande hand hat he heel hem
    her hop hopper hun i in is it jest jog jong kat kind kinder la lance late le lima links main mains male man mare
    may me med men merge mesa met mic mint move na nap negro no noir o of on op or over pa pale par pared pas
    pendant per pet petit petite pi piano piccolo pies pod pose pour pro public quay ra ran rent ride rode roper rot
    rote rouge rue sale sans sera silence sin sitter so sol sole solo son sore sort springer sue table tag tai tam
    tar tart tay tempo ten til till tilt to ton top tot train under van var vat ve vent verse via vine visage vole
    wade wand war was water we wind wit yang attend bas bis blanc cal est et ed er folk fond had holder hay ma mot
    nu pinto ser sur sus tak tao vain ver yer es dat das dia hon y u v w z s x non plus com aux langs masa quasi
    prima contra para mal verde blanco verso volta loin porte bambino marche poco molto notte arriba tres bola gata
    nada mano todo silla venter"""
)
"""Words that English has too: they count beside others only."""

STARTERS = listed(
    """en hacia bajo entre desde hasta mientras con sin avec vers dans sous pendant et mit im auf bei und zum zur ohne
    durch vom am sotto sullo sulla nel nella verso dietro mentre senza ao na no sob sem com pela pelo met in op naar
    onder på med i till under uten uden utan z w pod przez bez ze v s ve při přes di dengan sambil tanpa dalam pada
    trong trên dưới với în cu pe sub alla al a à au aux sur junto tras als wie bis nach aus beim über unter"""
)
"""Prepositions and conjunctions with which a phrase of another language begins."""

ARTICLES = listed("die der das ein eine la le les el los las il lo gli un une una o os de het een dos due den det")
"""Words with which a sentence of another language begins, whatever they are in English."""

LEADING = listed(
    """a as no do in am an die den con sin par pour sans on un i e o y et es en to at op met of over under till so ve
    bis dos est sur da al com med w v z s na heel non"""
)
"""Of the words that English has too, those that belong to a run when another word of it follows."""

JOINING = listed("e y o i")
"""Words for "and" and "or" that English has no use for, so that a word in no list may stand behind them."""

ENGLISH_AGAIN = listed("a an as at on in no do to is was had so me men man hat am hot red land under over")
"""Of the same, those that more likely go on with the English part behind a run."""

ACCENTED = listed(
    """café cafés façade façades piñata piñatas naïve crêpe crêpes crème brûlée mâché papier-mâché cliché clichés
    fiancé fiancée jalapeño jalapeños décor entrée entrées soufflé soufflés purée puréed sauté sautéed rosé señor
    señora señorita résumé première matinée à déjà pâté protégé toupée appliqué coupé fête fêtes château châteaux
    touché boutonnière smörgåsbord doppelgänger über éclair éclairs ménage chaise-longue manège plissé repoussé jeté
    passé plié relevé arête névé à-la-carte vis-à-vis tête-à-tête açaí maté saké kākāpō māori"""
)
"""English words with accents, food and the like."""

LOANS = (
    "pas de deux",
    "pas de chat",
    "coup de grâce",
    "coup d'état",
    "mise en place",
    "mise en scène",
    "en plein air",
    "en pointe",
    "en route",
    "en masse",
    "en garde",
    "à la carte",
    "a la carte",
    "à la mode",
    "a la mode",
    "al dente",
    "al fresco",
    "al pastor",
    "al forno",
    "au lait",
    "au vin",
    "au gratin",
    "au jus",
    "café con leche",
    "chili con carne",
    "chile con carne",
    "arroz con pollo",
    "dulce de leche",
    "pico de gallo",
    "crème de la crème",
    "crème de menthe",
    "eau de toilette",
    "eau de parfum",
    "eau de cologne",
    "fleur de lis",
    "fleur de sel",
    "foie gras",
    "fin de siècle",
    "femme fatale",
    "faux pas",
    "haute couture",
    "hors d'oeuvre",
    "hors d'oeuvres",
    "hors d'œuvre",
    "hors d'œuvres",
    "joie de vivre",
    "pain au chocolat",
    "pied-à-terre",
    "port de bras",
    "rond de jambe",
    "tour de force",
    "tour en l'air",
    "trompe l'oeil",
    "trompe-l'oeil",
    "trompe l'œil",
    "trompe-l'œil",
    "cul-de-sac",
    "chaise longue",
    "aglio e olio",
    "cacio e pepe",
    "frutti di mare",
    "prosciutto e melone",
    "fior di latte",
    "a cappella",
    "da capo",
    "con brio",
    "bon voyage",
    "c'est la vie",
    "je ne sais quoi",
    "feng shui",
    "quid pro quo",
    "et al",
    "et cetera",
    "in situ",
    "de facto",
    "per se",
    "pain de campagne",
    "pão de queijo",
    "día de los muertos",
    "capoeira de roda",
    "wabi-sabi",
)
"""Phrases that English took over."""
