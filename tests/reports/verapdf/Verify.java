import java.io.FileInputStream;
import java.io.InputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Arguments: a file, then the conformance levels to hold it against ("ua1", "3a"). One line for each rule it breaks. */
public class Verify {
    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (int at = 1; at < arguments.length; at++) {
            PDFAFlavour flavour = PDFAFlavour.byFlavourId(arguments[at]);
            try (InputStream file = new FileInputStream(arguments[0]);
                    PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
                    PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
                ValidationResult result = validator.validate(parser);
                System.out.println(arguments[at] + " " + (result.isCompliant() ? "conforms" : "fails"));
                for (TestAssertion broken : result.getTestAssertions()) {
                    System.out.println(arguments[at] + " " + broken.getRuleId() + " " + broken.getMessage());
                }
            }
        }
    }
}
