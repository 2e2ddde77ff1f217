"""Common English words whose syllables the rules of `english` miscount, by how many they have.

The counts are derived from the CMU Pronouncing Dictionary, of which this is a small part:

    Copyright (C) 1993-2015 Carnegie Mellon University. All rights reserved.

    Redistribution and use in source and binary forms, with or without
    modification, are permitted provided that the following conditions
    are met:

    1. Redistributions of source code must retain the above copyright
       notice, this list of conditions and the following disclaimer.
       The contents of this file are deemed to be source code.

    2. Redistributions in binary form must reproduce the above copyright
       notice, this list of conditions and the following disclaimer in
       the documentation and/or other materials provided with the
       distribution.

    This work was supported in part by funding from the Defense Advanced
    Research Projects Agency, the Office of Naval Research and the National
    Science Foundation of the United States of America, and by member
    companies of the Carnegie Mellon Sphinx Speech Consortium. We acknowledge
    the contributions of many volunteers to the expansion and improvement of
    this dictionary.

    THIS SOFTWARE IS PROVIDED BY CARNEGIE MELLON UNIVERSITY ``AS IS'' AND
    ANY EXPRESSED OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO,
    THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR
    PURPOSE ARE DISCLAIMED.  IN NO EVENT SHALL CARNEGIE MELLON UNIVERSITY
    NOR ITS EMPLOYEES BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL,
    SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT
    LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE,
    DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY
    THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT
    (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
    OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_BY_COUNT: Final = {
    1: """
        aches basque belle bowled bowles braille calle chiang chiu cirque crawled delle deutsche dietz drawer duane
        elle esque freda gaulle grille growled huang isle jacques jeong juan knowles kuan kyi lian lille liu luo
        maher marques mille morgue mosque niall piqued plagued priest salle sprawled suave tongued torque valle
        vaughan ville xian xiao
    """,
    2: """
        abed acme acne ahmed aires alfred algiers alves amr andes ante arsehole asheville aspirin assuage aug ave
        averaged ayesha bachelors backyard baez barefoot basel bastille bateman bauer bayesian bebe beebe belgium
        belleville bellevue bene beresford berkeley bette billiard bloodshed boa boeing boise booing boredom bozeman
        bracelet bridgeport bridgestone brilliance brilliant bronte brownsville buick buoyant burlesque business
        byers cafe camille canyon caress carew carleton carlisle cashier cassettes catholic caverns cea celia ceres
        chappelle cheesecake chile chloe chocolate choir chromecast churchyard claremont clarksville cliche cmos
        cnet coates coen coerce coerced coleman coleridge coleslaw collier colonel comeback cooper cordial cortes
        courtyard cranial crooked cruelly cuomo cushion dahlia dante danville daphne deathbed debuted delia devilish
        diamond diaper dieter dietrich dior dockyard dolce dryer duel duet dulles dwyer dyer eduard elsewhere embed
        eon eos este estelle evening eyeball eyeballs eyebrow eyebrows eyeing eyelash eyelid eyelids eyesight
        eyewear facet falsehood falsely farewell fashion fashioned fatigued favre filename fired flaherty flickr
        flores fluoride fluorine flyer flyers foia forecast foreclosed forefront forego foregone foreground forehand
        forehead foreman foremost foreplay foresaw foresee foreseen foresight foreskin foretold foreword frasier
        frazier frederic freer frontier fruity fryer fueled fuelled fuentes gaia gainesville gardiner gazelle genial
        genius genre geo georg georgetown giant gimme giselle gloucester gmail goa goers gomes gooey granville
        gravestone graveyard greenville grosvenor grotesque guidebook haydn headaches hedgehog heinemann henceforth
        hermes herpes hilliard hired hoosier hopefuls horseback horseman horsemen horseshit horseshoe hotbed huey
        hui huntsville ibn iceberg iceman ideal ids ilya incheon innes intrigued jaffe jagged jaime jameson
        jamestown janelle jared jefferies jesse jiangsu joanne joao jocelyn joel joey jorge jose juarez jukebox
        julia julius junkyard katharine katya kauai kcal kenya kenyan kenyon khaled kiev killian kmart knoxville
        kobe kuala kyoto lakeshore lakeside lakeview lakewood lanier lanyard lasalle latte lauer leah leia leicester
        lemme leonard leopard likened limelight limestone linens linkedin lire livestock lois louie louis louise
        louvre lovell lovett lucille lucius lui luis lukewarm luncheon macleod maeve maia maier makeshift manfred
        manuel maoist marseille maui maybe mcleod meier melville mendes messrs michelle milestone minecraft
        minefield moab monte mores moseley moshe mpeg myanmar myer myers nadia naive naked nashville nauseous neue
        neuer neville ngo ngos nietzsche nike nineteen nineteenth nineties ninety noaa noah noel notebook notepad
        nouvelle oakville ochre opera orville pai pele penske pepe peres petr phoebe piecemeal pierre pieter
        pinterest plaguing platelet posse powertrain premier premiered princeton pruitt psyche purebred pyongyang
        pyre quiet ragged rai rainier raoul rene reuse reused reyes rhea rinehart roa rochelle rockville roderick
        rosebud roseville rosewood rugged ruiz rulebook saeed salesforce salesman salesmen satya saucepan saville
        scapegoat scarecrow schoolyard scion scoured seabed seville shakedown shakespeare shia shiite shipyard
        shoveling shreveport shui siam sian sichuan sire skateboard soldier soldiers somethings sonia sonya
        sophomore soured sovereign spaceships spacex spaniard spaniards spongebob squires stagecoach stalemate
        stateside statesman statesmen statewide suarez suez takeoff tania tanya taoist tele tempe thankyou thea
        theorem thereof thereon therese tia tire tired tires toa toews tonya torres tradeoff triage tribesmen truest
        tumblr typeface tyres urquhart vaguely valdes valiant vaudeville verde viceroy viet vignettes villiers
        vineyard visuals voicemail voicing wakefield warehouse waveform wavelength wednesday wellesley werewolf
        werewolves wicked widened widens wildflowers wilfred william wiseman wooing worcester wretched xavier xbox
        yahya yeo zaire zhejiang zoe zoey
    """,
    3: """
        abkhazia achilles acquire acquired admired adobe adrienne aegean aguirre aida albeit alcoa alienate allele
        allende ambien ambience ambient amelia ammonia andean andrea angeles anime anion annabelle antilles antioch
        aoki aorta aortic apache apnea archaic archetypal ariel asean aspires atheist attire aureus australia
        australian averages averaging awesomeness axiom ayrshire backfired backfires balboa barbeque beautifully
        bedouin beforehand beverages beyonce biennale blasio bombardier bonfire bonneville boolean brazilian
        bridgewater brigadier brilliantly buoyancy businesses businessman businessmen cacao campfire canoeing
        caressing casio catalogued catania cation cavalier cavaliers caveat cavendish cavernous cecilia cereal
        cervantes cesare chandelier chaotic charlottesville cheeseburger chevalier chihuahua chilean cigarettes
        circumference civilian clemente clientele cochlear coercion coercive coexist comanche concierge conferencing
        confucius conspire conspired convenience convenient cornea cornelia cornelius correa courteous crimea
        critiquing croatia croatian damien daredevil darien deanna decorative deities deity desai desire desired
        devour devoured diego doable dolores eavesdropping ecuador edouard eduardo element elements elsevier empire
        enquire enrique entire eocene etienne euphrates evansville excellency expires eyeglasses eyelashes eyeliner
        eyeshadow eyewitness faceted familial familiar fashionable fayetteville fernandes fiance fiery fiesta
        figurehead finale firebird fireflies firefly firefox firehouse fireplace fireproof fireside fluency
        fluorescence fluorescent foreboding forecasted forecasting foreclosure forefathers foregoing forerunner
        foreshadowed gabriel garcia gaussian geniuses genoa genuine geordie ghanaian giorgio giulio gonzales gracias
        guiana gustave habeas harare harriet haryana hawaii hawaiian hebrides hercules hereford heresy heretic
        heretics heroin heroine homeowner homeowners horatio horsepower horseradish hourglass humphries hydropower
        hyena hyenas icebreaker icelandic idealist ideally ignatius ikea imagery immanuel impoverished incestuous
        infrared ingenious inquired inquires inspired intriguing isabelle isaiah issuer italian jacksonville
        jeopardize jeopardized jeopardy jesuit joanna johannes joliet josiah judea julien juliet karate keanu koala
        laity laureate lavinia leniency lineage linear littlest livelihood loneliness louisa lucien lucio luigi
        luisa machete madeline magnolia makeover marysville masai mcafee mcallen mcarthur mcavoy mcelroy mcewen
        mcilroy mcintosh mcintyre meander medea mercedes mercier messiah mohamed mohammed mojave montague montgomery
        montreal moreno moreover moreton moretti morpheus mosaic mugabe muhammed muriel naively namaste naomi
        natalia nausea niagara noteworthy nuclear nuclei nucleic nucleus oahu oasis obliquely ochoa onerous ophelia
        orpheus pacemaker pancreas parliament pasquale peacemaker peculiar permeates perseus persuading philippe
        phineas physio picturesque pilates placebo placenta pneumonia poetics policeman policemen politically pompeo
        pontiac posterior powerfully preamble preemptive premiering preponderance prescient principally priori
        priory proactive protease protege quagmire quinoa quixote rafael reaffirm reaffirmed realtime reappear
        reappeared reapply rearrange rearranged reassess reassigned reassure reassured rebellious recipe reentry
        regalia reimburse reimbursed reina reinforce reinforced reinstall reinstate reinvent reissue reissued
        rejoicing reptilian requiem rescuers resilient reunion reunite reusing roanoke rodrigues roleplaying
        rosemary ruining ruinous rwanda rwandan salespeople salesperson salisbury salome samoa samoan samuels
        sapiens sapphire satire sauerkraut scouring seattle sequoia servicemen sesame shaolin siamese sienna sierra
        silhouette skateboarding sledgehammer socio socrates solely soloist somerset sovereignty soviet specialities
        subtly suicide superfluous suvs takeda takeover tattooing tavares temperament tenement thaddeus theresa
        theseus tianjin tiara tijuana timeliness tireless tiresome tolkien trachea transpired ufos umpire unforeseen
        uniquely uniqueness unyielding urea uribe urls usaid username valuable valverde vaseline vegetable
        vegetables versace vicente vieira viejo vienna viennese vincennes vips virginia virginian visualize
        visualized visually vivien vivienne voiceover wannabe warehouses warehousing wastewater watershed wherever
        whoever widening wildfire williamsburg williamson williamstown wineries winery winifred wiretap wobbly
        worcestershire zimbabwe
    """,
    4: """
        abalone accompaniment aforementioned agreeable agribusiness aleksandr algebraic altruism altruistic
        aluminium amadeus ambiguous ambrosio annuities aphrodite apostrophe appalachian apprenticeships aramaic
        archimedes arguable arguably asiatic associative biennial borealis businesswoman california californian
        catalonia catastrophe coaxial coefficient coexistence colloquial communique complementary conscientious
        constituent constituents contiguous continuum conveniences conveniently cooperatives cristiano dandelion
        deactivate degeneres dementia desiring devouring diabetes diarrhea diarrhoea dielectric directv
        disinterested dorothea edinburgh elaborately elemental emotionally entirely epithelial epithelium epitome
        eritrea eritrean ethereal ethically evacuees evangeline excelsior experienced eyewitnesses facsimile
        familiarize figueroa firecracker firefighters foreshadowing formulaic gabriela gabriella galicia genitalia
        genuinely geothermal giancarlo giuliani gonorrhea guacamole hacienda hamiltonian heretical hermione heroism
        hinduism homeownership hyperbole idealism iglesias ignacio inconspicuous inconvenience inconvenient
        influencing initiative innuendo inquiring invaluable jeopardizing judaism kamikaze karaoke laboratories
        laboratory lineages linearly luciano macedonian mademoiselle malleable marijuana materiel mauricio
        mcallister meandering messianic microcosm minutiae nacional nauseating neanderthal netanyahu neuroscience
        nonlinear nvidia oceanic odysseus officio oriental oriented overpowering overreact overseer panacea paranoia
        parishioners pedophilia penelope pennsylvania peoria permeable permeated perugia polyester preeminent
        preexisting priorities prioritize prioritized proactively prometheus raffaele reaffirming realignment
        realisation realization rearrangement rearranging reassignment reassurance reassuring reelected reelection
        reenactment reestablish reimbursement reinforcement reinforcements reinforces reinforcing reinstated
        reinstatement reinsurance reintroduce reintroduced reinvented reinventing reinvention reinvestment reiterate
        resiliency retirement retroactive reunited reuniting reusable riviera saitama santiago shakespearean
        shenandoah sociopath suicidal supremely tactically temperamental theatrical tiananmen ukulele
        underprivileged unfamiliar uninspired uninterested uninteresting unreasonable valencia valkyrie veterinary
        vigilante visualizing watanabe whatsoever whosoever wiretapping yosemite zimbabwean zoology
    """,
    5: """
        aborigines algorithmic ambiguity antioxidant antioxidants archaeologist archaeologists archaeology
        baccalaureate christianity constituencies constituency deactivated delineated deteriorate disagreeable
        disoriented ecuadorian esophageal experiencing experiential extraordinaire familiarity fiduciary genealogy
        geophysical geopolitics hereditary heterogeneous hydroelectric inalienable inconveniences inexperienced
        intuitively judiciary louisiana memorabilia minneapolis neapolitan neuroscientist orientated orientation
        overreacted overreacting overreaction paraphernalia parliamentary photovoltaic physiology pituitary
        polyethylene polyurethane prioritizing radioactive reevaluate reincarnated reincarnation reintroduction
        reiterated reiterating retaliatory retroactively satisfactorily speciality spontaneity theologian
        thermonuclear unambiguous unscientific visualization
    """,
    6: """
        archaeological beneficiaries beneficiary deteriorated deteriorating deterioration disorientation
        ecclesiastical gastrointestinal genealogical geopolitical impartiality intelligentsia internationale
        macroeconomic microorganisms osteoarthritis parliamentarian parliamentarians permeability physiological
        psychoanalysis psychoanalytic religiosity reunification unambiguously uncooperative
    """,
    7: """
        confidentiality heterogeneity radioactivity socioeconomic
    """,
}

EXCEPTIONS: Final[Mapping[str, int]] = MappingProxyType(
    {word: count for count, words in _BY_COUNT.items() for word in words.split()}
)
